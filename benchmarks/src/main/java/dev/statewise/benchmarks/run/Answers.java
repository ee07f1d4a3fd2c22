package dev.statewise.benchmarks.run;

/**
 * How often one task of a timed experiment was done, in all its JVMs.
 *
 * @param operations all of them
 * @param errors how many did not give the expected answer; one is enough to make a run INVALID, so
 *     no time of a run that is not holds an error's
 */
public record Answers(String arm, String operation, long operations, long errors) {}
