package dev.statewise.benchmarks.diff;

import java.util.Map;

/**
 * By how much a number may move without being worth a word, as a share.
 *
 * @param byMetric of single metrics, by name
 * @param otherwise of all others
 */
public record Noise(Map<String, Double> byMetric, double otherwise) {

  /** What is taken for noise unless a caller says otherwise. */
  public static final double DEFAULT = 0.03;

  public Noise {
    byMetric = Map.copyOf(byMetric);
  }

  /** {@link #DEFAULT} of every metric. */
  public static Noise usual() {
    return new Noise(Map.of(), DEFAULT);
  }

  double of(String metric) {
    return byMetric.getOrDefault(metric, otherwise);
  }
}
