package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickJvmTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare --tier smoke",
        "compare --tier=smoke --out smoke",
        "compare --out x --tier SMOKE"
      })
  @DisplayName("A smoke run MUST be done in a JVM that compiles quickly")
  void smoke(String arguments) {
    assertThat(QuickJvm.suits(List.of(arguments.split(" ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare",
        "compare --tier quick",
        "compare --tier standard --out --tier-smoke",
        "report smoke",
        "help compare --tier smoke",
        "fork --tier=smoke"
      })
  @DisplayName("What is timed, and what compares nothing, MUST be done in the JVM it was given to")
  void others(String arguments) {
    assertThat(QuickJvm.suits(List.of(arguments.split(" ")))).isFalse();
  }
}
