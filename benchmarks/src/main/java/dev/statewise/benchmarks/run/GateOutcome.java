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

  /**
   * Whether it does what the question says: an arm may pass by admitting that it does not, where
   * its guarantees say so.
   */
  public boolean does() {
    boolean refuses =
        !seen.startsWith(ARM_DOES_NOT_REFUSE) && !seen.startsWith(PEER_DOES_NOT_REFUSE);
    return passed && (refuses || !question.startsWith("refuses"));
  }
}
