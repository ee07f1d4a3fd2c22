package dev.statewise.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Param;

class ChoiceTest {

  private static final Map<Choice, Class<? extends TaskBenchmark>> BENCHMARKS =
      Map.of(
          Choice.ARM, ValidateBenchmark.class,
          Choice.TOUCHED, TouchBenchmark.class,
          Choice.ISSUER, IssueBenchmark.class,
          Choice.REFUSAL, RefuseBenchmark.class);

  @Test
  @DisplayName("What a benchmark is of without a command line MUST be among what it can be of")
  void defaults() throws NoSuchFieldException {
    for (Map.Entry<Choice, Class<? extends TaskBenchmark>> entry : BENCHMARKS.entrySet()) {
      Choice choice = entry.getKey();
      Field field = entry.getValue().getField(choice.param());

      assertThat(choice.names())
          .doesNotHaveDuplicates()
          .contains(field.getAnnotation(Param.class).value());
    }
  }

  @Test
  @DisplayName("A parameter MUST have another name in each benchmark, for JMH sets it in all")
  void params() {
    assertThat(List.of(Choice.values())).extracting(Choice::param).doesNotHaveDuplicates();
    assertThat(BENCHMARKS).hasSameSizeAs(Choice.values());
  }

  @Test
  @DisplayName("What is timed on tokens never seen before MUST NOT be offered")
  void neverSeen() {
    assertThat(Choice.ARM.names())
        .contains("jwt-hs256", "jwt-hs256-lazy", "jwt-hs256-seen", "aa", "floor-verify-es256")
        .noneMatch(name -> name.endsWith("-first"));
  }

  @ParameterizedTest
  @CsvSource({
    "memory,validate",
    "memory,validate-touch",
    "jdbc-h2,validate",
    "jwt-hs256,issue",
    "jwt-hs256-seen,validate",
    "aa,validate",
    "floor-caffeine-get,validate",
    "floor-mac,validate"
  })
  @DisplayName("Each name MUST bring the rig's own task, which answers as it must")
  void tasks(String name, String operation) {
    try (ArmTask task = ArmTask.ofValidation(name, operation)) {
      task.prepare();

      assertThat(task.once()).isNotNegative();
      assertThat(task.once()).isNotNegative();
    }
  }

  @Test
  @DisplayName("A refusal MUST bring the rig's own task, and a good credential too")
  void refusals() {
    for (String refusal : List.of("memory/malformed", "memory/valid")) {
      try (ArmTask task = ArmTask.ofRefusal(refusal)) {
        assertThat(task.once()).isNotNegative();
      }
    }
  }

  @Test
  @DisplayName("What there is no task of MUST be refused, with what there is")
  void unknown() {
    assertThatThrownBy(() -> ArmTask.ofValidation("nothing", "validate"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory, redis");
    assertThatThrownBy(() -> ArmTask.ofValidation("memory", "issue"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'issue'");
  }
}
