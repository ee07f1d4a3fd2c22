package dev.statewise.benchmarks.experiment.wire;

/** What an encoder is told of a credential's header. */
public enum Indexing {
  /** It may go into the table, so that a repeat is an index. */
  INDEXED("indexed"),
  /** It must not, neither here nor at whoever passes it on (RFC 7541, section 7.1.3). */
  NEVER_INDEXED("never-indexed");

  private final String text;

  Indexing(String text) {
    this.text = text;
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
