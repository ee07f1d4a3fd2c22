package dev.statewise.benchmarks.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one arm under one set of parameters.
 *
 * @param name the arm, as the command line and every experiment name it
 * @param params what is varied, for instance {@code operation = validate}
 */
public record ArmResult(String name, Map<String, String> params, List<Metric> metrics) {
  public ArmResult {
    params = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(params));
    metrics = List.copyOf(metrics);
  }

  /** The same without the samples of its metrics. */
  ArmResult withoutSamples() {
    return new ArmResult(name, params, metrics.stream().map(Metric::withoutSamples).toList());
  }

  /** The metric of that name, if this arm has one. */
  public Optional<Metric> metric(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** The metric's value; empty too if it is there and null. */
  public Optional<Double> value(String name) {
    return metric(name).map(Metric::value);
  }

  /** Whether every one of {@code wanted} is among the params. */
  public boolean has(Map<String, String> wanted) {
    return params.entrySet().containsAll(wanted.entrySet());
  }
}
