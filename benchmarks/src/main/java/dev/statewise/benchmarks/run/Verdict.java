package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What became of a claim. */
public enum Verdict {
  HOLDS("Holds"),
  HOLDS_WHEN("Holds when…"),
  DOES_NOT_HOLD("Does not hold here"),
  NOT_TESTABLE("Not testable here");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As a reader sees it. */
  @JsonValue
  public String words() {
    return words;
  }

  @JsonCreator
  static Verdict of(String words) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No verdict reads '" + words + "'."));
  }
}
