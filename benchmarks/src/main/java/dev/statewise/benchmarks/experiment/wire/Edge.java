package dev.statewise.benchmarks.experiment.wire;

import java.util.function.IntPredicate;

/** Where something ends that holds up to some number and for none above. */
final class Edge {

  private Edge() {}

  /**
   * The largest number for which it holds, by bisection.
   *
   * @param holds asked of numbers between the two
   * @param from taken to hold, and the answer if it holds for none above
   * @param below taken not to hold
   */
  static int largest(int from, int below, IntPredicate holds) {
    int fits = from;
    int falls = below;
    while (falls - fits > 1) {
      int middle = fits + (falls - fits) / 2;
      if (holds.test(middle)) {
        fits = middle;
      } else {
        falls = middle;
      }
    }
    return fits;
  }
}
