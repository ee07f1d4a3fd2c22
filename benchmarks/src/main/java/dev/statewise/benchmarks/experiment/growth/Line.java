package dev.statewise.benchmarks.experiment.growth;

import java.util.Arrays;

/**
 * The straight line that is nearest to some points, by least squares.
 *
 * @param share of the variance that it explains; 1 if there is none
 */
record Line(double slope, double intercept, double share) {

  /**
   * Through these points.
   *
   * @param xs not all the same
   * @param ys as many
   */
  static Line through(double[] xs, double[] ys) {
    double meanX = Arrays.stream(xs).average().orElseThrow();
    double meanY = Arrays.stream(ys).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < xs.length; i++) {
      xx += (xs[i] - meanX) * (xs[i] - meanX);
      xy += (xs[i] - meanX) * (ys[i] - meanY);
      yy += (ys[i] - meanY) * (ys[i] - meanY);
    }
    if (xx <= 0) {
      throw new IllegalArgumentException("All points are at one place, so no line goes through.");
    }
    double slope = xy / xx;
    return new Line(slope, meanY - slope * meanX, yy <= 0 ? 1 : xy * xy / (xx * yy));
  }
}
