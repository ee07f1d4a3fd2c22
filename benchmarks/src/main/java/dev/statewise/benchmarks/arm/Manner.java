package dev.statewise.benchmarks.arm;

/** How an arm is shown its credentials when it is timed, and what is read of its answer. */
public enum Manner {
  /** The state is asked for. */
  STATE("the state is asked for"),
  /** Every claim and every attribute is read; what reads tokens remembers none. */
  WHOLE("every claim and attribute is read"),
  /** As {@link #WHOLE}, but nothing is read. */
  LAZY("as without -lazy, but nothing is read of the answer"),
  /** Read whole, by what remembers tokens and has seen none of them. */
  FIRST("read whole; verified tokens are remembered, and none was seen before"),
  /** Read whole, by what remembers tokens and has seen each of them, as another text. */
  SEEN("read whole; verified tokens are remembered, and each was seen before");

  private final String meaning;

  Manner(String meaning) {
    this.meaning = meaning;
  }

  /** What it is, for a reader. */
  public String meaning() {
    return meaning;
  }

  /** Whether an answer is read, claim by claim and attribute by attribute. */
  public boolean readsWhole() {
    return this == WHOLE || this == FIRST || this == SEEN;
  }
}
