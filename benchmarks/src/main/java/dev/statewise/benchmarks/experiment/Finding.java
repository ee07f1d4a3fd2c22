package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.Verdict;

/**
 * A verdict and why.
 *
 * @param sentence made of the run's numbers
 */
public record Finding(Verdict verdict, String sentence) {

  /** No verdict, for the values that decide are not there. */
  public static Finding untestable(String why) {
    return new Finding(Verdict.NOT_TESTABLE, why);
  }
}
