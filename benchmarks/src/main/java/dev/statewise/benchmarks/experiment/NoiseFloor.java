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
import dev.statewise.benchmarks.run.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Experiment E0: how much a difference of nothing looks like, on this machine, in this run. */
public final class NoiseFloor {

  /** A canary that moves further than this says that the machine changed under the run. */
  public static final double MOST_DRIFT = 0.10;

  /** Two arms that are the same may differ by so much and still count as the same. */
  public static final double EQUIVALENCE = 0.05;

  /** An effect of the order that chance would show more rarely than this is one. */
  public static final double SIGNIFICANCE = 0.01;

  /** What says of a task how likely chance alone shows such an effect of its place in a round. */
  public static final String ORDER_EFFECT = "orderEffect";

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
  private static final String TOO_FEW = "too few slices to tell";
  private static final String CANARY_OPERATION = "sha256-1k";
  private static final int FEWEST_CANARIES = 8;

  /** The canary's are kept nearly all: its drift is judged by them. */
  private static final int MOST_CANARIES = 1_000;

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
        orAbsent("cpu", "ns/op", Evidence.CPU, canary, () -> bootstrap.median(canary))
            .withSamples(canary.isEmpty() ? null : Samples.of(canary, MOST_CANARIES)),
        orAbsent("drift", "share", Evidence.CPU, canary, () -> drift(canary)),
        orAbsent("ratio", "ratio", Evidence.PAIRED, aa, () -> bootstrap.median(aa)),
        orderEffect());
  }

  /** Whether a ratio's interval reaches the band in which two arms count as the same. */
  public static boolean isSame(Metric ratio) {
    return ratio.lo() != null
        && ratio.hi() != null
        && ratio.lo() <= 1 + EQUIVALENCE
        && ratio.hi() >= 1 - EQUIVALENCE;
  }

  /** The same as arms of the experiment; the samples stand beside the noise. */
  public static List<ArmResult> arms(Run.Noise measured) {
    Run.Noise noise = measured.withoutSamples();
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
    List<Double> probabilities =
        measurements.slices().stream()
            .filter(slice -> !slice.arm().equals(Task.CANARY))
            .collect(Collectors.groupingBy(slice -> List.of(slice.arm(), slice.operation())))
            .values()
            .stream()
            .flatMap(slices -> OrderEffect.probability(slices).stream())
            .toList();
    return probabilities.isEmpty()
        ? Metric.absent(ORDER_EFFECT, "probability", Evidence.CPU, TOO_FEW)
        : probability(OrderEffect.holm(probabilities), probabilities.size());
  }

  /** What chance says of one task's place in its rounds. */
  static Metric orderEffect(Measurements measurements, String arm, String operation) {
    List<Slice> slices =
        measurements.slices().stream()
            .filter(slice -> slice.arm().equals(arm) && slice.operation().equals(operation))
            .toList();
    return OrderEffect.probability(slices)
        .map(probability -> probability(probability, slices.size()))
        .orElseGet(() -> Metric.absent(ORDER_EFFECT, "probability", Evidence.CPU, TOO_FEW));
  }

  private static Metric probability(double value, int n) {
    return new Metric(ORDER_EFFECT, "probability", Evidence.CPU, value, value, value, n, null);
  }

  /** The largest change between the first and the last quarter of a JVM's canaries. */
  public static Estimate drift(List<double[]> canary) {
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
