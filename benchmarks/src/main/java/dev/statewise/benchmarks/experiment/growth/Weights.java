package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was weighed, each thing several times, and why other things were not. Filled by one thread.
 */
final class Weights {

  private final Map<Weighed, List<Double>> weights = new HashMap<>();
  private final Map<Weighed, String> reasons = new HashMap<>();

  void add(Weighed weighed, double bytes) {
    weights.computeIfAbsent(weighed, unseen -> new ArrayList<>()).add(bytes);
  }

  void failed(Weighed weighed, String why) {
    reasons.putIfAbsent(weighed, why);
  }

  /** Why it was not weighed. */
  String reason(Weighed weighed) {
    return reasons.getOrDefault(weighed, "not measured before the run ended");
  }

  /** The median of its weights. */
  Optional<Double> bytes(Weighed weighed) {
    return Optional.ofNullable(metric("", weighed).value());
  }

  /**
   * The median in whole bytes, between the least and the most that were weighed. A collector leaves
   * a few hundred bytes more one time than another, which over thousands of sessions is less than a
   * tenth of a byte.
   */
  Metric metric(String name, Weighed weighed) {
    double[] sorted =
        weights.getOrDefault(weighed, List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .map(Math::rint)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return Metric.absent(name, "B/session", Evidence.COUNT, reason(weighed));
    }
    return new Metric(
        name,
        "B/session",
        Evidence.COUNT,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length,
        null);
  }
}
