package dev.statewise.benchmarks.experiment.races;

/** What is provoked, as params spell it. */
public enum Race {
  /** A credential from before a change is shown again. */
  ROLLBACK("rollback"),
  /** Two requests of one session, sent at the same time, change an attribute each. */
  LOST_UPDATE("lost-update"),
  /** A session is ended while a request has it, and then saves it. */
  RESURRECTION("resurrection"),
  /** A session is ended on one node and asked for on another. */
  REVOCATION("revocation");

  private final String text;

  Race(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
