package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What this project holds its Redis sessions to. The bounds stand here as they were set before
 * anything was measured; all else comes from the run: counts from E6, and ratios from the slices of
 * E1, of the same round each.
 */
public final class Targets {

  private static final String NEAR = "redis-near";
  private static final String REDIS = "redis";
  private static final String TOUCHING = "redis-touch-always";
  private static final String SPRING = "peer-spring-redis";
  private static final String INDEXED = "peer-spring-redis-indexed";

  private final List<Experiment> experiments;
  private final Measurements measurements;
  private final Bootstrap bootstrap;
  private final boolean timesReadable;

  /**
   * @param timesReadable whether the tier is long enough for times
   */
  public Targets(
      List<Experiment> experiments,
      Measurements measurements,
      Bootstrap bootstrap,
      boolean timesReadable) {
    this.experiments = experiments;
    this.measurements = measurements;
    this.bootstrap = bootstrap;
    this.timesReadable = timesReadable;
  }

  /** All of them, met or not. */
  public List<Target> judge() {
    List<Target> targets = new ArrayList<>();
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
    targets.add(atMost("T8a", NEAR, "memory", 1.5, "a validation in memory"));
    targets.add(atLeast("T8b", "peer-jedis-csc", NEAR, 4));
    targets.add(atLeast("T8c", REDIS, NEAR, 35));
    targets.add(
        roundTrips(
            "T9",
            "hybrid-local",
            Operation.VALIDATE,
            0,
            "a validation by hybrid-local, round trips"));
    return targets;
  }

  private Target roundTrips(String id, String arm, Operation operation, int bound, String text) {
    Metric counted =
        experiments.stream()
            .filter(experiment -> experiment.id().equals(Question.E6.name()))
            .flatMap(
                experiment ->
                    experiment.arm(arm, Map.of("operation", operation.toString())).stream())
            .flatMap(found -> found.metric("roundTrips").stream())
            .findFirst()
            .orElseGet(
                () -> Metric.absent("roundTrips", "round trips", Evidence.COUNT, "not counted"));
    return Target.judged(id, text + ": at most " + bound, bound, true, counted, null);
  }

  private Target atMost(String id, String arm, String to, double bound, String what) {
    return ratio(
        id, arm, to, "%s to %s: at most %s times".formatted(arm, what, bound), bound, true);
  }

  private Target atLeast(String id, String dearer, String arm, int bound) {
    return ratio(
        id, dearer, arm, "%s to %s: at least %d times".formatted(dearer, arm, bound), bound, false);
  }

  private Target ratio(
      String id, String arm, String to, String text, double bound, boolean atMost) {
    return Target.judged(
        id,
        text,
        bound,
        atMost,
        ratio("cpuRatio", arm, to, Evidence.PAIRED, Slice::cpu),
        ratio("elapsedRatio", arm, to, Evidence.WALL, Slice::wall));
  }

  private Metric ratio(
      String name, String arm, String to, Evidence evidence, ToDoubleFunction<Slice> value) {
    String validate = Operation.VALIDATE.toString();
    List<double[]> ratios = measurements.ratios(arm, to, validate, validate, value);
    if (!timesReadable || ratios.stream().allMatch(group -> group.length == 0)) {
      return Metric.absent(
          name,
          "ratio",
          evidence,
          timesReadable ? "not timed side by side" : "the tier is too short for times");
    }
    return Metric.estimated(name, "ratio", evidence, bootstrap.median(ratios));
  }
}
