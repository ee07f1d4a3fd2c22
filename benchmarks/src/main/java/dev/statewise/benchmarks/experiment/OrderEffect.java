package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a slice's place in its round says anything about what it cost. */
public final class OrderEffect {

  private static final int FEWEST_SLICES = 20;

  private OrderEffect() {}

  /**
   * How likely chance alone shows such a correlation of rank of cost with position, by Spearman's
   * coefficient within each JVM; empty if there are too few slices.
   */
  static Optional<Double> probability(List<Slice> slices) {
    List<double[]> pairs = new ArrayList<>();
    Map<Integer, List<Slice>> forks = new TreeMap<>();
    slices.forEach(
        slice -> forks.computeIfAbsent(slice.fork(), unseen -> new ArrayList<>()).add(slice));
    forks.values().forEach(fork -> pairs.addAll(centredRanks(fork)));
    if (pairs.size() < FEWEST_SLICES) {
      return Optional.empty();
    }
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (double[] pair : pairs) {
      xy += pair[0] * pair[1];
      xx += pair[0] * pair[0];
      yy += pair[1] * pair[1];
    }
    if (xx == 0 || yy == 0) {
      return Optional.of(1.0);
    }
    double z = xy / Math.sqrt(xx * yy) * Math.sqrt(pairs.size() - 1.0);
    return Optional.of(twoSided(z));
  }

  /** The smallest of several probabilities, corrected by Holm for there being several. */
  public static double holm(List<Double> probabilities) {
    double smallest = probabilities.stream().min(Comparator.naturalOrder()).orElse(1.0);
    return Math.min(1, smallest * probabilities.size());
  }

  /** The normal distribution's share beyond z on both sides (Abramowitz and Stegun 7.1.26). */
  static double twoSided(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double poly =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.min(1, poly * Math.exp(-x * x));
  }

  private static List<double[]> centredRanks(List<Slice> fork) {
    double middle = (fork.size() - 1) / 2.0;
    List<Slice> byCost = new ArrayList<>(fork);
    byCost.sort(Comparator.comparingDouble(Slice::cpu));
    double meanPosition = fork.stream().mapToInt(Slice::position).average().orElse(0);
    List<double[]> pairs = new ArrayList<>();
    for (int rank = 0; rank < byCost.size(); rank++) {
      pairs.add(new double[] {rank - middle, byCost.get(rank).position() - meanPosition});
    }
    return pairs;
  }
}
