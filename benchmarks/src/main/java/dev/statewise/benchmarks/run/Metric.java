package dev.statewise.benchmarks.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One number with what is needed to trust it.
 *
 * @param name stable, and the same in every experiment: {@code cpu}, {@code wall}, {@code alloc},
 *     {@code commands}, {@code roundTrips}, {@code bytes} …
 * @param unit what one of it is
 * @param evidence how strong it is
 * @param value null exactly if it does not apply; never 0 for that
 * @param lo the lower end of its 95 % interval; the value itself if it was counted
 * @param hi the upper end
 * @param n from how many samples; null with the value
 * @param reason why the value is null
 */
@JsonPropertyOrder({"name", "unit", "evidence", "value", "lo", "hi", "n", "reason"})
public record Metric(
    String name,
    String unit,
    Evidence evidence,
    @Nullable Double value,
    @Nullable Double lo,
    @Nullable Double hi,
    @Nullable Integer n,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {

  /**
   * @throws IllegalArgumentException if a value is there without its interval, or neither a value
   *     nor a reason is
   */
  public Metric {
    requireNonNull(name, "name");
    requireNonNull(unit, "unit");
    requireNonNull(evidence, "evidence");
    boolean whole = value != null && lo != null && hi != null && n != null && reason == null;
    boolean absent = value == null && lo == null && hi == null && n == null && reason != null;
    if (!whole && !absent) {
      throw new IllegalArgumentException(
          "Metric '%s' has value %s, lo %s, hi %s, n %s and reason %s. Give the first four, or only the reason."
              .formatted(name, value, lo, hi, n, reason));
    }
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Metric '%s' is %s, which is no number. Give the reason instead.".formatted(name, value));
    }
  }

  /** A number that was counted, the same in each of {@code n} samples. */
  public static Metric counted(String name, String unit, long value, int n) {
    double exact = value;
    return new Metric(name, unit, Evidence.COUNT, exact, exact, exact, n, null);
  }

  /** A number that was estimated from samples. */
  public static Metric estimated(String name, String unit, Evidence evidence, Estimate estimate) {
    return new Metric(
        name, unit, evidence, estimate.median(), estimate.lo(), estimate.hi(), estimate.n(), null);
  }

  /** No number, and why. */
  public static Metric absent(String name, String unit, Evidence evidence, String reason) {
    return new Metric(name, unit, evidence, null, null, null, null, requireNonNull(reason));
  }
}
