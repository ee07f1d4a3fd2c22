package dev.statewise.benchmarks.report.chart;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A picture of values of one run, as data. It says what stands where and nothing of looks but
 * {@link Kind}; each {@link Mark} is a cell of the chart's table too, so that the table says all
 * that the picture does.
 *
 * @param id what a link to the chart ends in
 * @param takeaway what the values show, made of them
 * @param rows what the rows of its table are
 * @param rules lines and bands to hold the marks against
 */
public record Chart(
    String id,
    Kind kind,
    String title,
    String takeaway,
    String rows,
    Axis x,
    Axis y,
    List<Mark> marks,
    List<Rule> rules) {

  public Chart {
    marks = List.copyOf(marks);
    rules = List.copyOf(rules);
  }

  /** How a chart is drawn. */
  public enum Kind {
    /** A row a name, dots at values, their intervals behind them. */
    DOTS,
    /** A row a name, lengths one behind the other, from zero. */
    BARS,
    /** A line a row over a number. */
    LINES,
    /** The same, staying at a value up to the next. */
    STEPS,
    /** A table whose cells are shaded. */
    CELLS,
    /** A row a name, a length up to where something ends, and marks to measure by. */
    RULER,
    /** A dot a sample in the order of time. */
    TIMELINE
  }

  /** How far apart numbers stand. */
  public enum Scale {
    LINEAR,
    LOG,
    /** Names, one beside the other. */
    NAMES
  }

  /**
   * One direction.
   *
   * @param unit of its numbers as the script writes ticks: {@code ns}, {@code B}, {@code ratio}, or
   *     as it stands
   * @param names in order, if it has names
   */
  public record Axis(String label, Scale scale, String unit, List<String> names) {
    public Axis {
      names = List.copyOf(names);
    }

    static Axis log(String label, String unit) {
      return new Axis(label, Scale.LOG, unit, List.of());
    }

    static Axis linear(String label, String unit) {
      return new Axis(label, Scale.LINEAR, unit, List.of());
    }

    static Axis names(String label, List<String> names) {
      return new Axis(label, Scale.NAMES, "", names);
    }
  }

  /**
   * One value.
   *
   * @param id what a link to the value ends in
   * @param arm what it is a value of, by which it is filtered and coloured
   * @param row of the table, and in the picture its row or line
   * @param column of the table
   * @param panel the small chart among several that it stands in; empty if there is one
   * @param x where it stands on an axis of numbers or, by index, of names
   * @param text the value for a reader, with its unit
   * @param range its interval for a reader; empty if it is exact
   * @param note a word on it, such as how it compares; may be empty
   * @param shade from -1, better, over 0 to 1, worse; null if it is not shaded
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Mark(
      String id,
      String arm,
      String row,
      String column,
      String panel,
      @Nullable Double x,
      @Nullable Double value,
      @Nullable Double lo,
      @Nullable Double hi,
      String text,
      String range,
      String note,
      String evidence,
      @Nullable Double shade) {

    Mark at(double place) {
      return new Mark(
          id, arm, row, column, panel, place, value, lo, hi, text, range, note, evidence, shade);
    }

    Mark in(String smallChart) {
      return new Mark(
          id, arm, row, column, smallChart, x, value, lo, hi, text, range, note, evidence, shade);
    }

    Mark saying(String word) {
      return new Mark(
          id, arm, row, column, panel, x, value, lo, hi, text, range, word, evidence, shade);
    }

    Mark shaded(double degree) {
      double within = Math.max(-1, Math.min(1, degree));
      return new Mark(
          id, arm, row, column, panel, x, value, lo, hi, text, range, note, evidence, within);
    }
  }

  /**
   * A line, or a band if it has an end, across the axis of values.
   *
   * @param panel the small chart that it stands in; empty if in all
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Rule(String label, double at, @Nullable Double to, String panel) {
    static Rule line(String label, double at) {
      return new Rule(label, at, null, "");
    }

    static Rule band(String label, double at, double to) {
      return new Rule(label, at, to, "");
    }
  }

  /** The mark of a cell of the table. */
  public Optional<Mark> mark(String row, String column) {
    return marks.stream()
        .filter(mark -> mark.row().equals(row) && mark.column().equals(column))
        .findFirst();
  }
}
