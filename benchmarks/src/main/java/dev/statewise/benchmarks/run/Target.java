package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What this project holds itself to, and what was measured. One that is missed is a result like any
 * other and no fault of the run.
 *
 * @param id stable
 * @param text what is held against what, and how far it may or must be
 * @param bound the number that decides
 * @param atMost whether more than {@code bound} misses it; if not, less does
 * @param measured decides; without a value if it was not measured
 * @param elapsed the same by elapsed time, for whoever waits; decides nothing. Null where nothing
 *     was timed
 */
public record Target(
    String id,
    String text,
    double bound,
    boolean atMost,
    Outcome outcome,
    Metric measured,
    @Nullable Metric elapsed) {

  /** What became of a target. */
  public enum Outcome {
    MET("met"),
    MISSED("missed"),
    NOT_MEASURED("not measured");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    @JsonValue
    public String words() {
      return words;
    }

    @JsonCreator
    static Outcome of(String words) {
      return Arrays.stream(values())
          .filter(outcome -> outcome.words.equals(words))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No outcome reads '" + words + "'."));
    }
  }

  /** Judged by the value of {@code measured}. */
  public static Target judged(
      String id,
      String text,
      double bound,
      boolean atMost,
      Metric measured,
      @Nullable Metric elapsed) {
    Double value = measured.value();
    if (value == null) {
      return new Target(id, text, bound, atMost, Outcome.NOT_MEASURED, measured, elapsed);
    }
    boolean met = atMost ? value <= bound : value >= bound;
    return new Target(
        id, text, bound, atMost, met ? Outcome.MET : Outcome.MISSED, measured, elapsed);
  }
}
