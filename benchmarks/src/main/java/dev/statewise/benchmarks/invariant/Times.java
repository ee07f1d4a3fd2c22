package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.experiment.OrderEffect;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Samples;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** I1, I3, I4 and I10: whether times of this run may be believed. */
final class Times {

  private static final String NOT_TIMED = "no times were measured that may be read";
  private static final List<String> PAIRS = List.of("ratioToFloor", "ratioToSubset");

  private final Run run;

  Times(Run run) {
    this.run = run;
  }

  Invariant supersets() {
    Rule rule =
        Rule.invalid(
            "I1",
            "Who does more work is not cheaper (CPU, declared pairs) by more than %s %%"
                .formatted(percent(NoiseFloor.EQUIVALENCE)));
    List<ArmResult> arms = run.experiments().stream().flatMap(one -> one.arms().stream()).toList();
    long pairs = arms.stream().flatMap(Times::ratios).count();
    if (!run.run().timesReadable() || pairs == 0) {
      return rule.notApplicable(NOT_TIMED);
    }
    List<String> cheaper =
        arms.stream()
            .flatMap(
                arm ->
                    ratios(arm)
                        .filter(ratio -> value(ratio.hi()) < 1 - NoiseFloor.EQUIVALENCE)
                        .map(ratio -> text(arm, ratio)))
            .toList();
    return rule.judged(cheaper, Numbers.exact(pairs) + " pairs compared");
  }

  private static Stream<Metric> ratios(ArmResult arm) {
    return PAIRS.stream()
        .flatMap(name -> arm.metric(name).stream())
        .filter(ratio -> ratio.value() != null);
  }

  private static String text(ArmResult arm, Metric ratio) {
    return "%s %s: %s %s"
        .formatted(
            arm.name(),
            String.join(", ", arm.params().values()),
            ratio.name(),
            Numbers.withInterval(ratio));
  }

  Invariant duplicate() {
    Rule rule =
        Rule.noisy(
            "I3",
            "An arm and its duplicate cost the same: the interval of their ratio reaches 1 within %s %%"
                .formatted(percent(NoiseFloor.EQUIVALENCE)));
    Metric aa = run.noise().aa();
    return !run.run().timesReadable() || aa.value() == null
        ? rule.notApplicable(NOT_TIMED)
        : rule.judged(NoiseFloor.isSame(aa), "ratio " + Numbers.withInterval(aa));
  }

  /** By the canary's samples and by the drift that was made of all of them, whichever is more. */
  Invariant canary() {
    Rule rule =
        Rule.noisy(
            "I4",
            "The canary's CPU time drifts by at most %s %% within a JVM"
                .formatted(percent(NoiseFloor.MOST_DRIFT)));
    Double stored = run.noise().canaryDrift().value();
    if (!run.run().timesReadable() || stored == null) {
      return rule.notApplicable(NOT_TIMED);
    }
    double drift =
        Optional.ofNullable(run.noise().canary().raw())
            .map(raw -> NoiseFloor.drift(Samples.groups(raw)).median())
            .map(again -> Math.max(again, stored))
            .orElse(stored);
    return rule.judged(
        drift <= NoiseFloor.MOST_DRIFT, "drift %s %%".formatted(Numbers.rounded(drift * 100)));
  }

  /** By each task's own probability, corrected for their number, and by the smallest as stored. */
  Invariant order() {
    Rule rule =
        Rule.noisy(
            "I10", "The place in a round has no effect on the cost (Spearman, Holm-corrected)");
    Double stored = run.noise().orderEffect().value();
    if (!run.run().timesReadable() || stored == null) {
      return rule.notApplicable(NOT_TIMED);
    }
    List<Double> each =
        run.experiments().stream()
            .flatMap(one -> one.arms().stream())
            .flatMap(arm -> arm.value(NoiseFloor.ORDER_EFFECT).stream())
            .toList();
    double smallest = each.isEmpty() ? stored : Math.min(stored, OrderEffect.holm(each));
    return rule.judged(
        smallest > NoiseFloor.SIGNIFICANCE, "probability by chance " + Numbers.rounded(smallest));
  }

  private static double value(@Nullable Double value) {
    return value == null ? Double.MAX_VALUE : value;
  }

  private static String percent(double share) {
    return Numbers.exact(share * 100);
  }
}
