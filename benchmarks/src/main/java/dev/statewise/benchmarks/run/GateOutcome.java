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

  private static final String DOES_NOT_REFUSE = "Accepted";

  /**
   * Whether it does what the question says: an arm may pass by admitting that it does not, where
   * its guarantees say so.
   */
  public boolean does() {
    return passed && !(question.startsWith("refuses") && seen.startsWith(DOES_NOT_REFUSE));
  }
}
