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
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetsTest {

  /** The rows of the table that was written before anything was measured. */
  private static final Map<String, List<String>> ROWS =
      Map.ofEntries(
          Map.entry("1", List.of("T1a", "T1b", "T1c", "T1d")),
          Map.entry("2", List.of("T2")),
          Map.entry("3", List.of("T3a", "T3c", "T3d")),
          Map.entry("3b", List.of("T3b")),
          Map.entry("4", List.of("T4a", "T4b")),
          Map.entry("5", List.of("T5a", "T5b", "T5c")),
          Map.entry("6", List.of("T6a", "T6b", "T6c", "T6d", "T6e", "T6f")),
          Map.entry("7", List.of("T7")),
          Map.entry("8", List.of("T8a", "T8b", "T8c", "T8d")),
          Map.entry("9", List.of("T9", "T9b", "T9c")),
          Map.entry("10", List.of("T10a", "T10b", "T10c")),
          Map.entry("11", List.of("T11a", "T11b")),
          Map.entry("12", List.of("T12a", "T12b")),
          Map.entry("13", List.of("T13a", "T13b", "T13c")));

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

  @Test
  @DisplayName("Each of the thirteen rows MUST be there, with each of its parts, measured or not")
  void rows() {
    List<String> ids =
        new Targets(experiments, measurements, new Bootstrap(1), false)
            .judge().stream().map(Target::id).toList();

    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(ROWS.values().stream().flatMap(List::stream).toList());
    assertThat(ROWS)
        .containsOnlyKeys(
            "1", "2", "3", "3b", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13");
  }

  @Test
  @DisplayName("A target MUST say what it would be better still, and a better one MUST be beyond")
  void ambitions() {
    List<Target> targets = new Targets(experiments, measurements, new Bootstrap(1), false).judge();

    assertThat(targets)
        .filteredOn(target -> target.ambition() == null)
        .extracting(Target::id)
        .containsExactlyInAnyOrder(
            "T3d", "T5b", "T6a", "T6c", "T6d", "T6e", "T6f", "T8a", "T8d", "T9", "T10b", "T13b",
            "T13c");
    assertThat(targets)
        .filteredOn(target -> target.ambition() != null)
        .allSatisfy(
            target -> {
              double better = Objects.requireNonNull(target.ambition());
              assertThat(target.atMost() ? target.bound() >= better : target.bound() <= better)
                  .as(target.id())
                  .isTrue();
            });
  }

  @Test
  @DisplayName("The best peer of a path MUST be of that path, and by what decides it")
  void bestPeers() {
    timed("jwt-hs256", 10, 1);
    inMemory("peer-jjwt", 90);
    timed("peer-jjwt", "issue", 12, 1);
    timed("peer-spring-redis", 400, 1);
    timed("peer-vertx-redis", 300, 1);
    timed("peer-jedis-csc", 5, 1);
    experiments =
        List.of(
            Runs.experiment(
                "E5",
                lookedUp("peer-tomcat", "cpu", 175),
                lookedUp("peer-spring-map", "cpu", 225)));

    assertThat(best("T1a")).isEqualTo("peer-jjwt 225.0");
    assertThat(best("T5a")).isEqualTo("peer-tomcat 175.0");
    assertThat(best("T6c")).isEqualTo("peer-vertx-redis 750.0");
    assertThat(best("T8b")).isEqualTo("peer-jedis-csc 12.5");
    assertThat(target("T4a", true).bestPeer()).as("no peer signs so").isNull();
    assertThat(target("T1a", false).bestPeer()).as("times not to be read").isNull();
  }

  @Test
  @DisplayName("What a peer on a server does on threads of its own MUST count against it")
  void ownThreads() {
    timed("redis", 100, 1);
    for (int round = 0; round < 4; round++) {
      measurements.add(
          new Slice(
              1, round, 0, "peer-spring-redis", "validate", 1, 0, 50, 500L * (round + 1), 1, 1, 1));
    }

    assertThat(target("T6c", true).measured().value()).isEqualTo(5.0);
  }

  private String best(String id) {
    Target.BestPeer best = Objects.requireNonNull(target(id, true).bestPeer());
    return best.name() + " " + best.metric().value();
  }

  /** Timed where no server is asked. */
  private void inMemory(String arm, long cpu) {
    for (int round = 0; round < 4; round++) {
      long nanos = cpu * (round + 1);
      measurements.add(
          new Slice(1, round, 0, arm, "validate", 1, 0, nanos, nanos, nanos, 1, Double.NaN));
    }
  }

  @Test
  @DisplayName("Growth MUST come from E5, at a million sessions; times only where they are read")
  void growth() {
    experiments = List.of(grown("100k", 2), grown("1m", 6.1));
    assertThat(target("T13a", true).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(target("T13a", false).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    experiments = List.of(grown("100k", 2));
    assertThat(target("T13a", true).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(target("T13b", true).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    experiments = List.of(more(0));
    assertThat(target("T13b", false).outcome()).isEqualTo(Outcome.MET);
    experiments = List.of(more(1));
    assertThat(target("T13b", false).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  @DisplayName("Sessions in memory MUST be held to E5 among 10,000, where the bounds were set")
  void inMemory() {
    experiments =
        List.of(
            Runs.experiment(
                "E5",
                lookedUp("memory", "ratioToCache", 2.6),
                lookedUp("peer-tomcat", "ratioToMemory", 1.2),
                lookedUp("peer-spring-map", "ratioToMemory", 3.1)));

    assertThat(target("T5a", true).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(target("T5b", true).outcome()).isEqualTo(Outcome.MET);
    assertThat(target("T5c", true).outcome()).isEqualTo(Outcome.MET);
    assertThat(target("T5c", false).outcome()).isEqualTo(Outcome.NOT_MEASURED);
  }

  private static ArmResult lookedUp(String arm, String metric, double value) {
    return new ArmResult(
        arm,
        Map.of("sessions", "10k"),
        List.of(new Metric(metric, "ratio", Evidence.PAIRED, value, value, value, 1, null)));
  }

  private static Experiment grown(String sessions, double factor) {
    return Runs.experiment(
        "E5",
        new ArmResult(
            "memory",
            Map.of("sessions", sessions),
            List.of(
                new Metric(
                    "ratioToFewest", "ratio", Evidence.PAIRED, factor, factor, factor, 1, null))));
  }

  private static Experiment more(long commands) {
    return Runs.experiment(
        "E5",
        new ArmResult(
            "redis",
            Map.of("sessions", "2000"),
            List.of(Metric.counted("commandsMore", "commands", commands, 16))));
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
