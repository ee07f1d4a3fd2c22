package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;

/** Values with their units, in the unit that reads best. */
final class Amount {

  private static final double THOUSAND = 1_000;
  private static final double MILLION = 1_000_000;

  private Amount() {}

  /** The value with its unit. */
  static String text(String unit, Evidence evidence, double value) {
    return switch (unit) {
      case "ns/op", "ns" -> nanos(value);
      case "B/op", "B", "B/session" -> Numbers.text(evidence, value) + " B";
      case "ratio" -> "× " + Numbers.rounded(value);
      case "share" -> Numbers.rounded(value * 100) + " %";
      case "commands", "round trips", "writes" -> Numbers.text(evidence, value);
      default ->
          unit.endsWith("per 1,000 requests")
              ? Numbers.text(evidence, value)
              : Numbers.text(evidence, value) + " " + unit;
    };
  }

  /** The interval; empty if there is none to speak of. */
  static String range(Metric metric) {
    if (metric.value() == null || metric.lo() == null || metric.hi() == null) {
      return "";
    }
    boolean exact = metric.lo().equals(metric.value()) && metric.hi().equals(metric.value());
    return exact
        ? ""
        : "%s – %s"
            .formatted(
                text(metric.unit(), metric.evidence(), metric.lo()),
                text(metric.unit(), metric.evidence(), metric.hi()));
  }

  /** A time. */
  static String nanos(double value) {
    if (value < THOUSAND) {
      return Numbers.rounded(value) + " ns";
    }
    return value < MILLION
        ? Numbers.rounded(value / THOUSAND) + " µs"
        : Numbers.rounded(value / MILLION) + " ms";
  }
}
