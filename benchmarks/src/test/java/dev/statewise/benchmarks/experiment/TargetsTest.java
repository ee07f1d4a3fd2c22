package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Runs;
import dev.statewise.benchmarks.run.Target;
import dev.statewise.benchmarks.run.Target.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetsTest {

  private final Measurements measurements = new Measurements();
  private List<Experiment> experiments = List.of();

  @Test
  @DisplayName("A ratio MUST be taken within rounds by CPU time, and decide on the right side")
  void ratios() {
    timed("redis", 110, 1_000);
    timed("floor-jedis-get", 100, 100);
    timed("peer-spring-redis", 430, 500);

    assertThat(target("T6b", true).outcome()).isEqualTo(Outcome.MET);
    assertThat(target("T6b", true).measured().value()).isEqualTo(1.1);
    assertThat(target("T6b", true).elapsed()).extracting(Metric::value).isEqualTo(10.0);
    assertThat(target("T6c", true).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  @DisplayName("What was not timed, or not to be read, MUST be neither met nor missed")
  void notMeasured() {
    timed("redis", 110, 1_000);
    assertThat(target("T6b", true).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    timed("floor-jedis-get", 100, 100);

    assertThat(target("T6b", false).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(target("T6b", false).measured().reason()).contains("too short");
    assertThat(target("T7", true).outcome()).isEqualTo(Outcome.NOT_MEASURED);
  }

  @Test
  @DisplayName("A count MUST come from E6, and one round trip too many MUST miss")
  void counts() {
    experiments = List.of(counted(2));
    assertThat(target("T7", false).outcome()).isEqualTo(Outcome.MET);

    experiments = List.of(counted(3));
    assertThat(target("T7", false).outcome()).isEqualTo(Outcome.MISSED);
  }

  private Target target(String id, boolean timesReadable) {
    return new Targets(experiments, measurements, new Bootstrap(1), timesReadable)
        .judge().stream().filter(target -> target.id().equals(id)).findFirst().orElseThrow();
  }

  private void timed(String arm, long cpu, long wall) {
    for (int round = 0; round < 4; round++) {
      measurements.add(
          new Slice(
              1, round, 0, arm, "validate", 1, 0, cpu * (round + 1), wall * (round + 1), 1, 1));
    }
  }

  private static Experiment counted(long roundTrips) {
    return Runs.experiment(
        "E6",
        new ArmResult(
            "redis",
            Map.of("operation", "validate-save"),
            List.of(Metric.counted("roundTrips", "round trips", roundTrips, 20))));
  }
}
