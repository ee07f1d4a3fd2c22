package dev.statewise.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunFileTest {

  private static final Estimate SAMPLED =
      new Estimate(
          410, 400, 420, 3, Samples.of(List.of(new double[] {412.5, 98_765}, small()), 100));

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
  @DisplayName(
      "Samples MUST stand beside a time, a list a JVM on one line in four digits, and be read back")
  void samples() {
    Metric cpu = Metric.estimated("cpu", "ns/op", Evidence.CPU, SAMPLED);
    Run run = Runs.of(Runs.experiment("E1", Runs.arm("memory", Map.of(), cpu)));

    String json = RunFile.write(run);

    assertThat(json).contains("\"raw\" : [[412.5,98770],[0.001235]]");
    assertThat(RunFile.errors(json)).isEmpty();
    assertThat(RunFile.read(json)).isEqualTo(run);
    assertThat(RunFile.write(run.withoutSamples())).doesNotContain("\"raw\"");
    assertThat(Metric.estimated("alloc", "B/op", Evidence.CPU, SAMPLED).raw()).isNull();
  }

  @Test
  @DisplayName("Of many samples as many MUST be kept as allowed, evenly taken from all")
  void thinned() {
    double[] many = IntStream.rangeClosed(1, 1_000).asDoubleStream().toArray();

    assertThat(Samples.of(List.of(many, new double[] {7}), 4))
        .containsExactly(List.of(1.0, 251.0, 501.0, 751.0), List.of(7.0));
  }

  @Test
  @DisplayName("How an experiment was timed, a target's ambition and its best peer MUST be kept")
  void timing() {
    Timing timing =
        new Timing(
            2,
            1,
            List.of("ab", "ab"),
            Map.of("cd", List.of("memory", "redis")),
            List.of(new Answers("memory", "validate", 10_431, 0)),
            List.of(),
            List.of("JVM 2 ended."));
    Run run = Runs.of(Runs.experiment("E1").timedBy(timing));

    String json = RunFile.write(run);

    assertThat(RunFile.errors(json)).isEmpty();
    assertThat(RunFile.read(json)).isEqualTo(run);
    assertThat(RunFile.read(json).targets().get(0).ambition()).isEqualTo(1.5);
    assertThat(RunFile.read(json).targets().get(0).bestPeer())
        .extracting(Target.BestPeer::name)
        .isEqualTo("peer-c");
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

  private static double[] small() {
    return new double[] {0.001_234_51, Double.NaN};
  }

  @Test
  @DisplayName("Whole numbers MUST be written whole")
  void wholeNumbers() {
    assertThat(RunFile.write(RUN)).contains("\"value\" : 0,").doesNotContain(": 0.0");
  }
}
