package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * I2, I8 and I13: whether load, and what was read of it, adds up. They look at every arm that has
 * the metrics, which are
 *
 * <ul>
 *   <li>{@code throughput} (ops/s), {@code responseTime} (ns) and {@code concurrency} of a closed
 *       loop; {@code offered} and {@code achieved} (ops/s) of an open one;
 *   <li>{@code p50}, {@code p90}, {@code p99}, {@code p999} and {@code max}, with the {@code n} of
 *       the operations that they are of;
 *   <li>{@code blocked}: the share of operations that the generator sent late.
 * </ul>
 */
final class Load {

  private static final double CLOSED = 0.05;
  private static final double OPEN = 0.01;
  private static final double MOST_BLOCKED = 0.001;
  private static final double NANOS = 1e9;

  /** So many operations must lie beyond a percentile, or it is a matter of a few. */
  private static final int BEYOND = 10;

  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p999", "max");
  private static final Map<String, Integer> ONE_IN =
      Map.of("p50", 2, "p90", 10, "p99", 100, "p999", 1_000);

  private final List<ArmResult> arms;

  Load(Run run) {
    this.arms = run.experiments().stream().flatMap(one -> one.arms().stream()).toList();
  }

  Invariant littlesLaw() {
    Rule rule =
        Rule.invalid(
            "I2",
            "Little's law holds: throughput × response time is the concurrency of a closed loop within %s %%, and an open one achieves what is offered within %s %%"
                .formatted(Numbers.exact(CLOSED * 100), Numbers.exact(OPEN * 100)));
    List<String> amiss = new ArrayList<>();
    int checked = 0;
    for (ArmResult arm : arms) {
      Optional<Double> offered = arm.value("offered");
      Optional<Double> achieved = arm.value("achieved");
      Optional<Double> concurrency = arm.value("concurrency");
      Optional<Double> inside =
          arm.value("throughput")
              .flatMap(rate -> arm.value("responseTime").map(nanos -> rate * nanos / NANOS));
      if (inside.isPresent() && concurrency.isPresent()) {
        checked++;
        compare(arm, inside.get(), concurrency.get(), CLOSED).ifPresent(amiss::add);
      }
      if (achieved.isPresent() && offered.isPresent()) {
        checked++;
        compare(arm, achieved.get(), offered.get(), OPEN).ifPresent(amiss::add);
      }
    }
    return checked == 0
        ? rule.notApplicable("no experiment of this run has users or sends at a rate")
        : rule.judged(amiss, Numbers.exact((long) checked) + " loads");
  }

  private static Optional<String> compare(
      ArmResult arm, double seen, double expected, double tolerance) {
    return Math.abs(seen - expected) <= tolerance * expected
        ? Optional.empty()
        : Optional.of(
            "%s: %s, and it should be %s"
                .formatted(name(arm), Numbers.rounded(seen), Numbers.rounded(expected)));
  }

  Invariant percentiles() {
    Rule rule =
        Rule.invalid(
            "I8",
            "Percentiles are in order, and %s operations lie beyond each"
                .formatted(Numbers.exact((long) BEYOND)));
    List<ArmResult> with =
        arms.stream()
            .filter(arm -> ONE_IN.keySet().stream().anyMatch(name -> arm.value(name).isPresent()))
            .toList();
    List<String> amiss = new ArrayList<>();
    with.forEach(arm -> amiss.addAll(percentiles(arm)));
    return with.isEmpty()
        ? rule.notApplicable("no percentile is reported")
        : rule.judged(amiss, Numbers.exact((long) with.size()) + " distributions");
  }

  private static List<String> percentiles(ArmResult arm) {
    List<String> amiss = new ArrayList<>();
    double before = Double.NEGATIVE_INFINITY;
    for (String name : PERCENTILES) {
      Optional<Metric> metric = arm.metric(name).filter(one -> one.value() != null);
      if (metric.isPresent()) {
        double value = arm.value(name).orElseThrow();
        if (value < before) {
          amiss.add("%s: %s is less than the one before it".formatted(name(arm), name));
        }
        before = value;
        Integer n = metric.get().n();
        int least = BEYOND * ONE_IN.getOrDefault(name, 0);
        if (n == null || n < least) {
          amiss.add(
              "%s: %s is of %s operations, and takes %s"
                  .formatted(name(arm), name, n, Numbers.exact((long) least)));
        }
      }
    }
    return amiss;
  }

  Invariant generator() {
    Rule rule =
        Rule.invalid(
            "I13",
            "The load generator sends at most %s %% of its operations late"
                .formatted(Numbers.exact(MOST_BLOCKED * 100)));
    List<ArmResult> with = arms.stream().filter(arm -> arm.value("blocked").isPresent()).toList();
    List<String> amiss =
        with.stream()
            .filter(arm -> arm.value("blocked").orElseThrow() > MOST_BLOCKED)
            .map(
                arm ->
                    "%s: %s %%"
                        .formatted(
                            name(arm), Numbers.rounded(arm.value("blocked").orElseThrow() * 100)))
            .toList();
    return with.isEmpty()
        ? rule.notApplicable("no experiment of this run sends at a rate")
        : rule.judged(amiss, Numbers.exact((long) with.size()) + " loads");
  }

  private static String name(ArmResult arm) {
    return (arm.name() + " " + String.join(", ", arm.params().values())).strip();
  }
}
