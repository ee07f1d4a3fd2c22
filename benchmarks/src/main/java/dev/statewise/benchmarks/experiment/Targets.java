package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this project holds its tokens and its Redis sessions to. The bounds stand here as they were
 * set before anything was measured; all else comes from the run: counts from E6, and ratios from
 * the slices of E1, of the same round each.
 */
public final class Targets {

  private static final String HS256 = "jwt-hs256";
  private static final String HS256_SEEN = "jwt-hs256-seen";
  private static final String JJWT = "peer-jjwt";
  private static final String LOCAL = "hybrid-local";
  private static final String MAC = TokenKey.HS256.floor();
  private static final String VALIDATE = Operation.VALIDATE.toString();
  private static final int KIBIBYTE = 1_024;

  /** From this Java on the JDK encodes and compares by vectors. */
  private static final int VECTORS = 25;

  private static final String MEMORY = "memory";
  private static final String NEAR = "redis-near";
  private static final String REDIS = "redis";
  private static final String TOUCHING = "redis-touch-always";
  private static final String SPRING = "peer-spring-redis";
  private static final String INDEXED = "peer-spring-redis-indexed";
  private static final String TO_SPRING = "ratioToSpring";

  /** Of E5 the results that sessions in memory are held by. */
  static final Map<String, String> AMONG = Map.of("sessions", "10k");

  private final TargetMetrics metrics;

  /**
   * @param timesReadable whether the tier is long enough for times
   */
  public Targets(
      List<Experiment> experiments,
      Measurements measurements,
      Bootstrap bootstrap,
      boolean timesReadable) {
    this.metrics = new TargetMetrics(experiments, measurements, bootstrap, timesReadable);
  }

  /** All of them, met or not. */
  public List<Target> judge() {
    List<Target> targets = new ArrayList<>();
    tokens(targets);
    inMemory(targets);
    targets.add(
        roundTrips("T6a", REDIS, Operation.VALIDATE, 1, "a validation in redis, round trips"));
    targets.add(atMost("T6b", REDIS, Arms.FLOOR_JEDIS_GET, 1.15, "a GET of the same bytes"));
    targets.add(atLeast("T6c", SPRING, REDIS, 4));
    targets.add(atLeast("T6d", SPRING, TOUCHING, 4));
    targets.add(atLeast("T6e", INDEXED, REDIS, 8));
    targets.add(atLeast("T6f", INDEXED, TOUCHING, 8));
    targets.add(
        roundTrips(
            "T7",
            REDIS,
            Operation.VALIDATE_SAVE,
            2,
            "a request in redis that changes one attribute, round trips"));
    targets.add(atMost("T8a", NEAR, MEMORY, 1.5, "a validation in memory"));
    targets.add(atLeast("T8b", "peer-jedis-csc", NEAR, 4));
    targets.add(atLeast("T8c", REDIS, NEAR, 35));
    targets.add(
        unmeasured(
            "T8d",
            "what another node ended is refused by redis-near within, in the middle case, ms"
                + " (reported, not asserted)",
            1,
            Metric.absent(
                "lag",
                "ms",
                Evidence.WALL,
                "no metric of a run: the gate says how late redis-near accepted it last")));
    targets.add(
        roundTrips(
            "T9", LOCAL, Operation.VALIDATE, 0, "a validation by hybrid-local, round trips"));
    targets.add(atMost("T9b", LOCAL + "-seen", HS256_SEEN, 1.5, "the same without a list"));
    targets.add(atLeast("T9c", "peer-jjwt-exists", LOCAL + "-seen", 100));
    memory(targets);
    targets.add(line("T11a", REDIS, "cookie", 60, "an id's cookie line"));
    targets.add(
        line(
            "T11b",
            SizedArms.AT_TARGET,
            "bearer",
            380,
            "the bearer line of an HS256 token without state"));
    targets.add(atLeast("T12a", JJWT, HS256, Issuing.ISSUE, 6));
    targets.add(bestPeer("T12b", HS256, Issuing.ISSUE, 1.5));
    growth(targets);
    targets.add(
        unmeasured(
            "T13c",
            "entries of a near cache or a list beyond its bound",
            0,
            Metric.absent(
                "entries",
                "entries",
                Evidence.COUNT,
                "not measured in a run: the bounds are settings, to which tests hold the"
                    + " library")));
    return targets.stream()
        .map(Ambitions::added)
        .map(target -> target.withBestPeer(metrics.peers().of(target.id()).orElse(null)))
        .toList();
  }

  private static Target unmeasured(String id, String text, int bound, Metric absent) {
    return Target.judged(id, "%s: at most %d".formatted(text, bound), bound, true, absent, null);
  }

  /** Among as many live sessions as the bounds were set among: a few hundred fit a cache. */
  private void inMemory(List<Target> targets) {
    String among = ", among 10,000 live sessions";
    targets.add(
        Target.judged(
            "T5a",
            "memory to a get of a Caffeine cache%s: at most 2.5 times".formatted(among),
            2.5,
            true,
            lookedUp(MEMORY, "ratioToCache"),
            null));
    targets.add(toMemory("T5b", "peer-tomcat", 1, among));
    targets.add(toMemory("T5c", "peer-spring-map", 3, among));
  }

  private Target toMemory(String id, String peer, int bound, String among) {
    return Target.judged(
        id,
        "%s to memory%s: at least %d times".formatted(peer, among, bound),
        bound,
        false,
        lookedUp(peer, "ratioToMemory"),
        null);
  }

  private Metric lookedUp(String arm, String metric) {
    return metrics.ofExperiment(Question.E5, arm, AMONG, metric);
  }

  /** The bounds are as they were written: a quarter, one key, six tenths. */
  private void memory(List<Target> targets) {
    String session = "a session with 5 attributes in %s, without the subject index";
    targets.add(
        weighed(
            "T10a",
            REDIS,
            TO_SPRING,
            "ratio",
            0.25,
            session.formatted(REDIS) + ", to Spring Session's plain one: at most 1/4"));
    targets.add(
        weighed("T10b", REDIS, "keys", "keys", 1, session.formatted(REDIS) + ", keys: at most 1"));
    targets.add(
        weighed(
            "T10c",
            MEMORY,
            TO_SPRING,
            "ratio",
            0.6,
            session.formatted(MEMORY) + ", to Spring's MapSession: at most 0.6 times"));
  }

  private void growth(List<Target> targets) {
    Metric growth =
        metrics.ofExperiment(Question.E5, MEMORY, Map.of("sessions", "1m"), "ratioToFewest");
    targets.add(
        Target.judged(
            "T13a",
            "a validation in memory, from 10k to 1M sessions: at most 6 times",
            6,
            true,
            growth,
            null));
    Metric more = metrics.counted(Question.E5, REDIS, Map.of(), "commandsMore", "commands");
    targets.add(
        Target.judged(
            "T13b",
            "Redis commands a request constant in sessions, commands more than among few: at most"
                + " 0",
            0,
            true,
            more,
            null));
  }

  private Target weighed(
      String id, String arm, String metric, String unit, double bound, String text) {
    Map<String, String> params = Map.of("kept", "session", "profile", "five");
    return Target.judged(
        id, text, bound, true, metrics.counted(Question.E28, arm, params, metric, unit), null);
  }

  private void tokens(List<Target> targets) {
    targets.add(atMost("T1a", HS256, MAC, 2.8, "a reused MAC over the same bytes"));
    targets.add(bestPeer("T1b", HS256, VALIDATE, 1.5));
    targets.add(atLeast("T1c", JJWT, HS256, 6));
    targets.add(
        atMost("T1d", "a validation by jwt-hs256, B allocated", 3 * KIBIBYTE, "alloc", "B", HS256));
    double lazily = Runtime.version().feature() >= VECTORS ? 1.7 : 2.0;
    targets.add(atMost("T2", HS256 + "-lazy", MAC, lazily, "the same MAC, on this Java"));
    targets.add(atMost("T3a", HS256_SEEN, MAC, 0.6, "the same MAC"));
    targets.add(atMost("T3b", HS256 + "-first", HS256, 1.6, "one without a memory"));
    targets.add(atLeast("T3c", JJWT, HS256_SEEN, 30));
    String dearest = dearestSeen();
    String named = metrics.timesReadable() ? ", " + dearest : "";
    targets.add(
        atMost("T3d", "the dearest seen token%s, ns".formatted(named), 500, "cpu", "ns", dearest));
    for (TokenKey key : List.of(TokenKey.ES256, TokenKey.ED25519)) {
      targets.add(
          atMost(
              key == TokenKey.ES256 ? "T4a" : "T4b",
              "jwt-" + key,
              key.floor(),
              1.1,
              "a bare verification by the JVM's provider"));
    }
  }

  private String dearestSeen() {
    return Stream.of(TokenKey.values())
        .map(key -> "jwt-" + key + "-seen")
        .max(Comparator.comparingDouble(arm -> metrics.median(arm, VALIDATE)))
        .orElseThrow();
  }

  private Target bestPeer(String id, String arm, String operation, double bound) {
    Optional<String> best = metrics.bestOfTokens(operation);
    String text =
        "the best peer%s to %s%s: at least %s times"
            .formatted(best.map(", %s,"::formatted).orElse(""), arm, issuing(operation), bound);
    return ratio(id, best.orElse("peer-none"), arm, operation, text, bound, false);
  }

  private Target atMost(
      String id, String text, double bound, String metric, String unit, String arm) {
    return Target.judged(
        id,
        "%s: at most %s".formatted(text, Numbers.exact(bound)),
        bound,
        true,
        metrics.each(arm, metric, unit),
        null);
  }

  private Target line(String id, String arm, String carrier, int bound, String what) {
    Map<String, String> params =
        Map.of("carrier", carrier, "profile", "min", "part", "credential line");
    return counted(
        id, Question.E8, arm, params, "bytes", "B", bound, "%s in %s, B".formatted(what, arm));
  }

  private Target roundTrips(String id, String arm, Operation operation, int bound, String text) {
    Map<String, String> params = Map.of("operation", operation.toString());
    return counted(id, Question.E6, arm, params, "roundTrips", "round trips", bound, text);
  }

  private Target counted(
      String id,
      Question question,
      String arm,
      Map<String, String> params,
      String metric,
      String unit,
      int bound,
      String text) {
    Metric counted = metrics.counted(question, arm, params, metric, unit);
    return Target.judged(id, text + ": at most " + bound, bound, true, counted, null);
  }

  private Target atMost(String id, String arm, String to, double bound, String what) {
    return ratio(
        id,
        arm,
        to,
        VALIDATE,
        "%s to %s: at most %s times".formatted(arm, what, bound),
        bound,
        true);
  }

  private Target atLeast(String id, String dearer, String arm, int bound) {
    return atLeast(id, dearer, arm, VALIDATE, bound);
  }

  private Target atLeast(String id, String dearer, String arm, String operation, int bound) {
    return ratio(
        id,
        dearer,
        arm,
        operation,
        "%s to %s%s: at least %d times".formatted(dearer, arm, issuing(operation), bound),
        bound,
        false);
  }

  private static String issuing(String operation) {
    return operation.equals(Issuing.ISSUE) ? ", issuing" : "";
  }

  private Target ratio(
      String id,
      String arm,
      String to,
      String operation,
      String text,
      double bound,
      boolean atMost) {
    return Target.judged(
        id,
        text,
        bound,
        atMost,
        metrics.cpuRatio(arm, to, operation),
        metrics.elapsedRatio(arm, to, operation));
  }
}
