package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.statewise.benchmarks.run.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * One number in both files.
 *
 * @param ratio of the second to the first: of the medians of their samples where both files have
 *     them, otherwise of the values; null if the first is 0 and the second is not
 * @param p of Mann and Whitney's test on the medians of the JVMs; null with fewer JVMs than can
 *     tell
 * @param why what decided
 */
public record Difference(
    @JsonUnwrapped Key of,
    String unit,
    Evidence evidence,
    Side a,
    Side b,
    @Nullable Ratio ratio,
    @Nullable Double p,
    Outcome outcome,
    String why) {

  /**
   * A value and its interval.
   *
   * @param jvms how many JVMs it comes from; 1 if it was counted
   */
  public record Side(double value, double lo, double hi, int jvms) {
    static Side of(Reading reading) {
      return new Side(reading.value(), reading.lo(), reading.hi(), reading.jvms());
    }
  }

  /** A ratio and, where samples gave it one, its interval; otherwise both ends are the ratio. */
  public record Ratio(double value, double lo, double hi) {}

  /** Less than this an operation no clock here tells from nothing. */
  private static final double LEAST = 1;

  /** Whether both are less than a byte or a nanosecond an operation. */
  boolean isNextToNothing() {
    return unit.endsWith("/op") && Math.max(a.value, b.value) < LEAST;
  }

  /** Whether the intervals of both have a number in common. */
  public boolean overlaps() {
    return a.lo <= b.hi && b.lo <= a.hi;
  }

  /** By how much the larger is above the smaller, as a share; infinite if one alone is 0. */
  public double distance() {
    double larger = Math.max(Math.abs(a.value), Math.abs(b.value));
    double smaller = Math.min(Math.abs(a.value), Math.abs(b.value));
    return larger == smaller ? 0 : smaller == 0 ? Double.POSITIVE_INFINITY : larger / smaller - 1;
  }
}
