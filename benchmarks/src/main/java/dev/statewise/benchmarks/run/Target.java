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
 * @param ambition what it would be better still, beyond {@code bound}; null where none was set, and
 *     in a run before schema 1.2
 * @param bestPeer who of the peers is best on that path; null where none was measured
 */
public record Target(
    String id,
    String text,
    double bound,
    boolean atMost,
    Outcome outcome,
    Metric measured,
    @Nullable Metric elapsed,
    @Nullable Double ambition,
    @Nullable BestPeer bestPeer) {

  /**
   * The best peer of the same run.
   *
   * @param metric what it needs, in the unit that says how much is needed or as a ratio
   */
  public record BestPeer(String name, Metric metric) {}

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
    Outcome outcome =
        value == null
            ? Outcome.NOT_MEASURED
            : (atMost ? value <= bound : value >= bound) ? Outcome.MET : Outcome.MISSED;
    return new Target(id, text, bound, atMost, outcome, measured, elapsed, null, null);
  }

  /** The same with what it would be better still. */
  public Target withAmbition(double better) {
    return new Target(id, text, bound, atMost, outcome, measured, elapsed, better, bestPeer);
  }

  /** The same with who of the peers is best. */
  public Target withBestPeer(@Nullable BestPeer best) {
    return new Target(id, text, bound, atMost, outcome, measured, elapsed, ambition, best);
  }

  /** The same without the samples of its metrics. */
  Target withoutSamples() {
    return new Target(
        id,
        text,
        bound,
        atMost,
        outcome,
        measured.withoutSamples(),
        elapsed == null ? null : elapsed.withoutSamples(),
        ambition,
        bestPeer == null
            ? null
            : new BestPeer(bestPeer.name(), bestPeer.metric().withoutSamples()));
  }
}
