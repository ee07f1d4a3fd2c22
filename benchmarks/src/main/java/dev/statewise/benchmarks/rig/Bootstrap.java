package dev.statewise.benchmarks.rig;

import dev.statewise.benchmarks.run.Estimate;
import dev.statewise.benchmarks.run.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * The median of samples that come in groups, one group a JVM, with a 95 % percentile interval.
 *
 * <p>Slices of one JVM resemble each other: what its compiler chose stays. So the resampling draws
 * JVMs first and slices within each after, and the interval is as wide as the JVMs are apart.
 */
public final class Bootstrap {

  private static final int RESAMPLES = 400;

  private final long seed;

  /**
   * @param seed the same seed and samples give the same interval
   */
  public Bootstrap(long seed) {
    this.seed = seed;
  }

  /**
   * The median over all groups.
   *
   * @param groups at least one sample in all; empty groups are left out
   */
  public Estimate median(List<double[]> groups) {
    List<double[]> filled = filled(groups);
    Random random = new Random(seed);
    double[] medians = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      medians[i] = medianOf(resample(filled, random));
    }
    double[] all = all(filled);
    return estimate(medianOf(all), medians, all.length, Samples.of(filled, Samples.MOST_A_JVM));
  }

  /**
   * The ratio of the median of some groups to that of others, which are drawn each for itself.
   *
   * @param groups at least one sample in all, as of {@code others}
   */
  public Estimate ratio(List<double[]> groups, List<double[]> others) {
    List<double[]> numerators = filled(groups);
    List<double[]> denominators = filled(others);
    Random random = new Random(seed);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      ratios[i] = medianOf(resample(numerators, random)) / medianOf(resample(denominators, random));
    }
    double[] all = all(numerators);
    double ratio = medianOf(all) / medianOf(all(denominators));
    return estimate(ratio, ratios, all.length, List.of());
  }

  private static Estimate estimate(
      double value, double[] resampled, int n, List<List<Double>> samples) {
    Arrays.sort(resampled);
    double lo = Math.min(value, resampled[(int) (RESAMPLES * 0.025)]);
    double hi = Math.max(value, resampled[(int) (RESAMPLES * 0.975) - 1]);
    return new Estimate(value, lo, hi, n, samples);
  }

  private static List<double[]> filled(List<double[]> groups) {
    List<double[]> filled = groups.stream().filter(group -> group.length > 0).toList();
    if (filled.isEmpty()) {
      throw new IllegalArgumentException("There is no sample, so there is no median.");
    }
    return filled;
  }

  private static double[] all(List<double[]> groups) {
    return groups.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * What follows from the medians of several series that were measured in the same JVMs. A
   * resampling draws the same JVMs for all of them, so that what was dear in one was so in all.
   *
   * @param series of each its groups, one group a JVM, in the same order; none empty
   * @param statistic of the medians, in the order of the series
   */
  public Estimate ofMedians(List<List<double[]>> series, ToDoubleFunction<double[]> statistic) {
    int jvms = series.stream().mapToInt(List::size).min().orElseThrow();
    Random random = new Random(seed);
    double[] drawn = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] picked = picked(jvms, random);
      drawn[i] =
          statistic.applyAsDouble(
              series.stream()
                  .mapToDouble(one -> medianOf(resample(one, picked, random)))
                  .toArray());
    }
    Arrays.sort(drawn);
    double[] medians = series.stream().mapToDouble(one -> medianOf(together(one))).toArray();
    double value = statistic.applyAsDouble(medians);
    double lo = Math.min(value, drawn[(int) (RESAMPLES * 0.025)]);
    double hi = Math.max(value, drawn[(int) (RESAMPLES * 0.975) - 1]);
    return new Estimate(value, lo, hi, series.stream().mapToInt(one -> together(one).length).sum());
  }

  private static double[] together(List<double[]> groups) {
    return groups.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** The middle of the values; between the two middle ones if they are even in number. */
  public static double medianOf(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double[] resample(List<double[]> groups, Random random) {
    return resample(groups, picked(groups.size(), random), random);
  }

  private static int[] picked(int of, Random random) {
    int[] picked = new int[of];
    for (int i = 0; i < of; i++) {
      picked[i] = random.nextInt(of);
    }
    return picked;
  }

  private static double[] resample(List<double[]> groups, int[] picked, Random random) {
    double[][] drawn = new double[picked.length][];
    int size = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = groups.get(picked[i]);
      size += drawn[i].length;
    }
    double[] sample = new double[size];
    int at = 0;
    for (double[] group : drawn) {
      for (int i = 0; i < group.length; i++) {
        sample[at++] = group[random.nextInt(group.length)];
      }
    }
    return sample;
  }
}
