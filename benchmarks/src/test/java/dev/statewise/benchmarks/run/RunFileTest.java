package dev.statewise.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunFileTest {

  private static final Run RUN =
      Runs.of(
          Runs.experiment(
              "E1",
              Runs.arm(
                  "memory",
                  Map.of("operation", "validate"),
                  Runs.metric("cpu", 412.5),
                  Metric.counted("commands", "commands", 0, 20),
                  Metric.absent("serverCpu", "ns/op", Evidence.CPU, "asks no server"))));

  @Test
  @DisplayName("What is written MUST follow the schema and be read back the same")
  void roundTrip() {
    String json = RunFile.write(RUN);

    assertThat(RunFile.errors(json)).isEmpty();
    assertThat(RunFile.read(json)).isEqualTo(RUN);
  }

  @Test
  @DisplayName(
      "The top level MUST be exactly the eight names, of which one MAY be missing: targets")
  void topLevel() {
    String json = RunFile.write(RUN);

    assertThat(RunFile.errors(json.replaceFirst("\\{", "{ \"extra\": 1,"))).isNotEmpty();
    for (String name :
        new String[] {
          "schemaVersion", "run", "env", "noise", "invariants", "experiments", "exceptions"
        }) {
      String without = json.replaceFirst("(?m)^  \"" + name + "\"", "  \"other\"");
      assertThat(RunFile.errors(without)).as("without " + name).isNotEmpty();
    }
    String earlier =
        json.replaceFirst("(?s)  \"targets\" : \\[.*\\],\\s+\"exceptions\"", "  \"exceptions\"");
    assertThat(earlier).doesNotContain("targets");
    assertThat(RunFile.read(earlier).targets()).isEmpty();
  }

  @Test
  @DisplayName("A value that is null MUST have a reason, and one that is there MUST NOT")
  void reasons() {
    String json = RunFile.write(RUN);

    assertThat(RunFile.errors(json.replace("\"reason\" : \"asks no server\"", "\"reason\" : \"\"")))
        .isNotEmpty();
    assertThat(RunFile.errors(json.replaceFirst(",\\s+\"reason\" : \"asks no server\"", "")))
        .isNotEmpty();
    assertThat(RunFile.errors(json.replace("\"value\" : 412.5", "\"value\" : null"))).isNotEmpty();
    assertThatThrownBy(() -> new Metric("cpu", "ns/op", Evidence.CPU, 1.0, null, null, 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu");
    assertThatThrownBy(
            () -> new Metric("cpu", "ns/op", Evidence.CPU, Double.NaN, 1.0, 1.0, 1, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("A file that is no run MUST be refused with what is wrong")
  void refusesOthers() {
    assertThat(RunFile.errors("not json")).isNotEmpty();
    assertThat(RunFile.errors("")).isNotEmpty();
    assertThat(RunFile.errors("[]")).isNotEmpty();
    assertThatThrownBy(() -> RunFile.read("{}"))
        .isInstanceOf(InvalidRunException.class)
        .hasMessageContaining("statewise-run.schema.json");
  }

  @Test
  @DisplayName("Whole numbers MUST be written whole")
  void wholeNumbers() {
    assertThat(RunFile.write(RUN)).contains("\"value\" : 0,").doesNotContain(": 0.0");
  }
}
