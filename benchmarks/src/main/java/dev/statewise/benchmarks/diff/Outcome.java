package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of one number from one file to the other. */
public enum Outcome {
  IMPROVED("improved"),
  REGRESSED("regressed"),
  /** It is another number, and which way would be better is not known. */
  CHANGED("changed"),
  /** It is another number, and by less than is worth a word. */
  WITHIN_NOISE("within noise"),
  /** Equal if it was counted; otherwise not seen to differ, which is not the same. */
  NO_CHANGE("~");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** As a reader sees it. */
  @JsonValue
  public String words() {
    return words;
  }
}
