package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * A check on the run itself.
 *
 * @param stamps what the run is stamped if it is broken
 * @param detail what was seen, or why it does not apply
 */
public record Invariant(String id, String rule, Stamp stamps, Outcome outcome, String detail) {

  /** What a broken invariant makes of a run. */
  public enum Stamp {
    /** Nothing of it may be relied on. */
    INVALID,
    /** Its times are not to be read; its counts are. */
    NOISY
  }

  /** What became of the check. */
  public enum Outcome {
    HOLDS("holds"),
    BROKEN("broken"),
    NOT_APPLICABLE("not applicable");

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

  /** Whether it is broken and stamps the run so. */
  public boolean stampsAs(Stamp stamp) {
    return outcome == Outcome.BROKEN && stamps == stamp;
  }
}
