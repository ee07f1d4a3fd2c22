package dev.statewise.benchmarks.run;

/**
 * What became of one question that an arm was asked before it was timed.
 *
 * @param question for instance {@code refuses tampered}
 * @param expected what its guarantees say
 * @param seen what it answered
 */
public record GateOutcome(
    String arm, String question, boolean passed, String expected, String seen) {}
