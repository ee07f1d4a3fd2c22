package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.report.chart.Chart.Mark;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The marks of one chart, taken from the results of a run. What may not be read in this run is not
 * taken: elapsed times of a run that was not quiet, and all times of a tier that is too short for
 * them.
 */
final class Marks {

  private final Run run;
  private final String chart;
  private final List<Mark> marks = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /**
   * @param chart the chart's id, with which those of its marks begin
   */
  Marks(Run run, String chart) {
    this.run = run;
    this.chart = chart;
  }

  /** Adds a metric, if it has a value that may be shown. */
  Marks add(ArmResult arm, String metric, String row, String column) {
    mark(arm, metric, row, column).ifPresent(this::add);
    return this;
  }

  /** Adds a mark, unless the same cell is taken: the first result of an arm stands. */
  Marks add(Mark mark) {
    if (ids.add(mark.id())) {
      marks.add(mark);
    }
    return this;
  }

  /** The mark of a metric, not yet added. */
  Optional<Mark> mark(ArmResult arm, String metric, String row, String column) {
    return arm.metric(metric).flatMap(found -> mark(arm.name(), found, row, column));
  }

  /** The mark of a metric, not yet added. */
  Optional<Mark> mark(String arm, Metric metric, String row, String column) {
    Double value = metric.value();
    if (value == null) {
      return Optional.empty();
    }
    if (!readable(metric)) {
      return Optional.empty();
    }
    return Optional.of(
        new Mark(
            id(row, column),
            arm,
            row,
            column,
            "",
            null,
            value,
            metric.lo(),
            metric.hi(),
            Amount.text(metric.unit(), metric.evidence(), value),
            Amount.range(metric),
            "",
            metric.evidence().name(),
            null));
  }

  /** The mark of two metrics together, such as a client's time and its server's. */
  Optional<Mark> sum(ArmResult arm, String metric, String other, String row, String column) {
    Optional<Metric> one = arm.metric(metric);
    Optional<Metric> two = arm.metric(other);
    if (one.isEmpty() || two.isEmpty()) {
      return Optional.empty();
    }
    return plus(one.get(), two.get()).flatMap(sum -> mark(arm.name(), sum, row, column));
  }

  private static Optional<Metric> plus(Metric one, Metric two) {
    Double a = one.value();
    Double b = two.value();
    Integer n = one.n();
    if (a == null || b == null || n == null) {
      return Optional.empty();
    }
    double sum = a + b;
    return Optional.of(new Metric(one.name(), one.unit(), one.evidence(), sum, sum, sum, n, null));
  }

  private boolean readable(Metric metric) {
    return switch (metric.evidence()) {
      case WALL -> run.wallIsReadable();
      case CPU, PAIRED -> run.run().timesReadable();
      default -> true;
    };
  }

  private String id(String row, String column) {
    return chart + "." + slug(row) + (column.isEmpty() ? "" : "." + slug(column));
  }

  List<Mark> all() {
    return List.copyOf(marks);
  }

  boolean isEmpty() {
    return marks.isEmpty();
  }

  /** From the smallest to the largest, and how many times that is; empty if there is only one. */
  String span() {
    List<Mark> valued = marks.stream().filter(mark -> mark.value() != null).toList();
    Optional<Mark> least = valued.stream().min(BY_VALUE);
    Optional<Mark> most = valued.stream().max(BY_VALUE);
    if (least.isEmpty() || most.isEmpty() || value(least.get()) >= value(most.get())) {
      return "";
    }
    String ends =
        "From %s (%s) to %s (%s)"
            .formatted(least.get().text(), least.get().row(), most.get().text(), most.get().row());
    return value(least.get()) > 0
        ? ends + ": " + Numbers.rounded(value(most.get()) / value(least.get())) + " times."
        : ends + ".";
  }

  static final Comparator<Mark> BY_VALUE = Comparator.comparingDouble(Marks::value);

  static double value(Mark mark) {
    return Optional.ofNullable(mark.value()).orElse(0.0);
  }

  /** Text as a part of a link. */
  static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
