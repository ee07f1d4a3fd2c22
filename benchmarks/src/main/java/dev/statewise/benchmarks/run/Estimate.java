package dev.statewise.benchmarks.run;

import java.util.List;

/**
 * The median of some samples and its 95 % interval.
 *
 * @param n how many samples
 * @param samples those that it was made of, a list a JVM, as far as they are kept; empty if not
 */
public record Estimate(double median, double lo, double hi, int n, List<List<Double>> samples) {
  public Estimate {
    samples = List.copyOf(samples);
  }

  /** One of which no samples are kept. */
  public Estimate(double median, double lo, double hi, int n) {
    this(median, lo, hi, n, List.of());
  }
}
