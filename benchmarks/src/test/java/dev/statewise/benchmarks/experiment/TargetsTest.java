package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
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
  @DisplayName("A bound MUST be met at itself, and missed by the least beyond")
  void boundaries() {
    timed("jwt-hs256", 280, 1);
    timed("floor-mac", 100, 1);
    timed("peer-jjwt", 1_680, 1);
    assertThat(target("T1a", true).outcome()).as("2.8 of 2.8").isEqualTo(Outcome.MET);
    assertThat(target("T1c", true).outcome()).as("6 of 6").isEqualTo(Outcome.MET);

    timed("jwt-hs256-seen", 61, 1);
    assertThat(target("T3a", true).outcome()).as("0.61 of 0.6").isEqualTo(Outcome.MISSED);
    assertThat(target("T3c", true).outcome()).as("27.5 of 30").isEqualTo(Outcome.MISSED);
  }

  @Test
  @DisplayName("The best peer MUST be the one that costs least at that operation, and be named")
  void bestPeer() {
    timed("jwt-hs256", "validate", 10, 1);
    timed("jwt-hs256", "issue", 10, 1);
    timed("peer-jjwt", "validate", 90, 1);
    timed("peer-jjwt", "issue", 12, 1);
    timed("peer-vertx-jwt", "validate", 14, 1);
    timed("peer-vertx-jwt", "issue", 40, 1);
    timed("peer-spring-redis", "validate", 1, 1);

    assertThat(target("T1b", true).text()).startsWith("the best peer, peer-vertx-jwt, to");
    assertThat(target("T1b", true).outcome()).as("1.4 of 1.5").isEqualTo(Outcome.MISSED);
    assertThat(target("T1b", false).text()).as("times not to be read").doesNotContain("vertx");
    assertThat(target("T12b", true).text()).startsWith("the best peer, peer-jjwt, to");
    assertThat(target("T12a", true).measured().value()).isEqualTo(1.2);
  }

  @Test
  @DisplayName("Without a peer the best one MUST be said not to be measured")
  void noPeer() {
    timed("jwt-hs256", 10, 1);

    assertThat(target("T1b", true).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(target("T1b", true).text()).startsWith("the best peer to jwt-hs256");
  }

  @Test
  @DisplayName(
      "What stands for itself MUST be the run's median: bytes allocated, and the dearest token")
  void absolute() {
    for (String key : List.of("hs256", "es256", "ed25519")) {
      timed("jwt-" + key + "-seen", 100, 1);
    }
    timed("jwt-rs256-seen", 201, 1);
    timed("jwt-hs256", 280, 1);

    assertThat(target("T3d", true).text()).contains("jwt-rs256-seen");
    assertThat(target("T3d", true).measured().value()).as("201 × 2.5").isEqualTo(502.5);
    assertThat(target("T3d", true).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(target("T1d", true).measured().value()).isEqualTo(1);
    assertThat(target("T1d", true).outcome()).isEqualTo(Outcome.MET);
    assertThat(target("T1d", false).outcome()).isEqualTo(Outcome.NOT_MEASURED);
  }

  @Test
  @DisplayName("A line's bytes MUST come from E8, of a token without state")
  void bytes() {
    experiments = List.of(sized(380));
    assertThat(target("T11b", false).outcome()).isEqualTo(Outcome.MET);

    experiments = List.of(sized(381));
    assertThat(target("T11b", false).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(target("T11a", false).outcome()).isEqualTo(Outcome.NOT_MEASURED);
  }

  @Test
  @DisplayName("A count MUST come from E6, and one round trip too many MUST miss")
  void counts() {
    experiments = List.of(counted(2));
    assertThat(target("T7", false).outcome()).isEqualTo(Outcome.MET);

    experiments = List.of(counted(3));
    assertThat(target("T7", false).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  @DisplayName("What a session takes MUST come from E28, where it was weighed beside Spring's")
  void memory() {
    experiments = List.of(weighed("redis", 0.25), weighed("memory", 0.61));

    assertThat(target("T10a", false).outcome()).as("at its bound").isEqualTo(Outcome.MET);
    assertThat(target("T10b", false).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(target("T10c", false).outcome()).as("0.61 of 0.6").isEqualTo(Outcome.MISSED);
  }

  private static Experiment weighed(String arm, double ratio) {
    return Runs.experiment(
        "E28",
        new ArmResult(
            arm,
            Map.of("kept", "session", "profile", "five"),
            List.of(
                new Metric(
                    "ratioToSpring", "ratio", Evidence.COUNT, ratio, ratio, ratio, 1, null))));
  }

  private Target target(String id, boolean timesReadable) {
    return new Targets(experiments, measurements, new Bootstrap(1), timesReadable)
        .judge().stream().filter(target -> target.id().equals(id)).findFirst().orElseThrow();
  }

  private void timed(String arm, long cpu, long wall) {
    timed(arm, "validate", cpu, wall);
  }

  private void timed(String arm, String operation, long cpu, long wall) {
    for (int round = 0; round < 4; round++) {
      measurements.add(
          new Slice(
              1,
              round,
              0,
              arm,
              operation,
              1,
              0,
              cpu * (round + 1),
              cpu * (round + 1),
              wall * (round + 1),
              1,
              1));
    }
  }

  private static Experiment sized(long bytes) {
    return Runs.experiment(
        "E8",
        new ArmResult(
            "jwt-hs256-iss20",
            Map.of("carrier", "bearer", "profile", "min", "part", "credential line"),
            List.of(Metric.counted("bytes", "B", bytes, 1))));
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
