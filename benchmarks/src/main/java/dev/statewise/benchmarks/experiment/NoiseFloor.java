package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Estimate;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Experiment E0: how much a difference of nothing looks like, on this machine, in this run. */
public final class NoiseFloor {

  /** A canary that moves further than this says that the machine changed under the run. */
  public static final double MOST_DRIFT = 0.10;

  /** Two arms that are the same may differ by so much and still count as the same. */
  public static final double EQUIVALENCE = 0.05;

  /** An effect of the order that chance would show more rarely than this is one. */
  static final double SIGNIFICANCE = 0.01;

  /** E0, out of what E1 measured. */
  public static final Derived DERIVED =
      new Derived() {
        @Override
        public Question from() {
          return Question.E1;
        }

        @Override
        public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
          return arms(new NoiseFloor(measured.own(), bootstrap).noise());
        }
      };

  private static final String NOTHING_TIMED = "nothing was timed";
  private static final String CANARY_OPERATION = "sha256-1k";
  private static final int FEWEST_CANARIES = 8;

  private final Measurements measurements;
  private final Bootstrap bootstrap;

  public NoiseFloor(Measurements measurements, Bootstrap bootstrap) {
    this.measurements = measurements;
    this.bootstrap = bootstrap;
  }

  /** The four numbers. */
  public Run.Noise noise() {
    List<double[]> canary = measurements.samples(Task.CANARY, CANARY_OPERATION, Slice::cpu);
    List<double[]> aa =
        measurements.ratios(
            Arms.AA, Arms.DUPLICATED, Operation.VALIDATE.toString(), Operation.VALIDATE.toString());
    return new Run.Noise(
        orAbsent("cpu", "ns/op", Evidence.CPU, canary, () -> bootstrap.median(canary)),
        orAbsent("drift", "share", Evidence.CPU, canary, () -> drift(canary)),
        orAbsent("ratio", "ratio", Evidence.PAIRED, aa, () -> bootstrap.median(aa)),
        orderEffect());
  }

  /** The same as arms of the experiment. */
  public static List<ArmResult> arms(Run.Noise noise) {
    return List.of(
        new ArmResult(
            Task.CANARY,
            Map.of("operation", CANARY_OPERATION),
            List.of(noise.canary(), noise.canaryDrift())),
        new ArmResult(
            Arms.AA,
            Map.of("operation", Operation.VALIDATE.toString(), "duplicateOf", Arms.DUPLICATED),
            List.of(noise.aa())));
  }

  private Metric orderEffect() {
    List<Double> probabilities = new ArrayList<>();
    measurements.slices().stream()
        .filter(slice -> !slice.arm().equals(Task.CANARY))
        .map(slice -> slice.arm() + " " + slice.operation())
        .distinct()
        .forEach(
            task -> {
              String[] names = task.split(" ", -1);
              List<Slice> slices =
                  measurements.slices().stream()
                      .filter(slice -> slice.arm().equals(names[0]))
                      .filter(slice -> slice.operation().equals(names[1]))
                      .toList();
              OrderEffect.probability(slices).ifPresent(probabilities::add);
            });
    if (probabilities.isEmpty()) {
      return Metric.absent("orderEffect", "probability", Evidence.CPU, "too few slices to tell");
    }
    double smallest = OrderEffect.holm(probabilities);
    return Metric.estimated(
        "orderEffect",
        "probability",
        Evidence.CPU,
        new Estimate(smallest, smallest, smallest, probabilities.size()));
  }

  /** The largest change between the first and the last quarter of a JVM's canaries. */
  private static Estimate drift(List<double[]> canary) {
    double largest = 0;
    int n = 0;
    for (double[] fork : canary) {
      n += fork.length;
      if (fork.length >= FEWEST_CANARIES) {
        int quarter = fork.length / 4;
        double first = Bootstrap.medianOf(Arrays.copyOf(fork, quarter));
        double last =
            Bootstrap.medianOf(Arrays.copyOfRange(fork, fork.length - quarter, fork.length));
        largest = Math.max(largest, Math.max(first, last) / Math.min(first, last) - 1);
      }
    }
    return new Estimate(largest, largest, largest, n);
  }

  private static Metric orAbsent(
      String name,
      String unit,
      Evidence evidence,
      List<double[]> samples,
      Supplier<Estimate> estimate) {
    return samples.stream().allMatch(group -> group.length == 0)
        ? Metric.absent(name, unit, evidence, NOTHING_TIMED)
        : Metric.estimated(name, unit, evidence, estimate.get());
  }
}
