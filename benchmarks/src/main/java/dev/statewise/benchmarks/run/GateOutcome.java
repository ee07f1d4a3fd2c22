package dev.statewise.benchmarks.run;

/**
 * What became of one question that an arm was asked before it was timed.
 *
 * @param question for instance {@code refuses tampered}
 * @param expected what its guarantees say
 * @param seen what it answered
 */
public record GateOutcome(
    String arm, String question, boolean passed, String expected, String seen) {

  private static final String ARM_DOES_NOT_REFUSE = "Accepted";
  private static final String PEER_DOES_NOT_REFUSE = "Found";

  /** Whether what was seen is what was expected; that it passed is not enough. */
  public boolean meetsExpectation() {
    return passed && agrees();
  }

  private boolean agrees() {
    if (question.startsWith("accepts")) {
      return !refuses();
    }
    if (!question.startsWith("refuses")) {
      return !question.startsWith("tokens are as new") || seen.equals(expected);
    }
    boolean ended = !expected.startsWith("Ended") || seen.contains("Ended");
    return (refuses() || expected.contains("admits") || expected.contains("nothing is kept"))
        && ended
        && !seen.contains("Unavailable");
  }

  /**
   * Whether it does what the question says: an arm may pass by admitting that it does not, where
   * its guarantees say so.
   */
  public boolean does() {
    return passed && (refuses() || !question.startsWith("refuses"));
  }

  /** One that is asked several times answers several times, and each counts. */
  private boolean refuses() {
    return !seen.contains(ARM_DOES_NOT_REFUSE) && !seen.contains(PEER_DOES_NOT_REFUSE);
  }
}
