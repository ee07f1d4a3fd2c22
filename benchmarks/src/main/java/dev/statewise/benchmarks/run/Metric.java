package dev.statewise.benchmarks.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Set;
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
 * @param raw what the value was made of, a list a JVM in the order of measuring ({@link Samples});
 *     null where none are kept, and in a run before schema 1.2
 */
@JsonPropertyOrder({"name", "unit", "evidence", "value", "lo", "hi", "n", "reason", "raw"})
public record Metric(
    String name,
    String unit,
    Evidence evidence,
    @Nullable Double value,
    @Nullable Double lo,
    @Nullable Double hi,
    @Nullable Integer n,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSerialize(using = Samples.Compact.class)
        @Nullable List<List<Double>> raw) {

  /** Samples are kept of what varies; what is allocated hardly does. */
  private static final Set<String> KEPT = Set.of("ns/op", "ratio");

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

  /** One without samples. */
  public Metric(
      String name,
      String unit,
      Evidence evidence,
      @Nullable Double value,
      @Nullable Double lo,
      @Nullable Double hi,
      @Nullable Integer n,
      @Nullable String reason) {
    this(name, unit, evidence, value, lo, hi, n, reason, null);
  }

  /** A number that was counted, the same in each of {@code n} samples. */
  public static Metric counted(String name, String unit, long value, int n) {
    double exact = value;
    return new Metric(name, unit, Evidence.COUNT, exact, exact, exact, n, null);
  }

  /** A number that was estimated from samples, with them if it is a time or a ratio. */
  public static Metric estimated(String name, String unit, Evidence evidence, Estimate estimate) {
    boolean kept = KEPT.contains(unit) && !estimate.samples().isEmpty();
    return new Metric(
        name,
        unit,
        evidence,
        estimate.median(),
        estimate.lo(),
        estimate.hi(),
        estimate.n(),
        null,
        kept ? estimate.samples() : null);
  }

  /** The same with these samples, or without any if they are null. */
  public Metric withSamples(@Nullable List<List<Double>> samples) {
    return new Metric(name, unit, evidence, value, lo, hi, n, reason, samples);
  }

  /** The same without its samples. */
  public Metric withoutSamples() {
    return withSamples(null);
  }

  /** No number, and why. */
  public static Metric absent(String name, String unit, Evidence evidence, String reason) {
    return new Metric(name, unit, evidence, null, null, null, null, requireNonNull(reason));
  }
}
