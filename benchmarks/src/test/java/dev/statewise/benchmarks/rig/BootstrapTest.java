package dev.statewise.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.benchmarks.run.Estimate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final long SEED = 7;

  @Test
  @DisplayName("The median MUST be the middle value, or lie between the two middle ones")
  void median() {
    assertThat(Bootstrap.medianOf(new double[] {9, 1, 5})).isEqualTo(5);
    assertThat(Bootstrap.medianOf(new double[] {9, 1, 5, 7})).isEqualTo(6);
  }

  @Test
  @DisplayName("One outlier MUST NOT move the median, and MUST be counted in n")
  void outlier() {
    Estimate estimate =
        new Bootstrap(SEED).median(List.of(new double[] {10, 10, 11, 10, 9, 10, 5_000}));

    assertThat(estimate.median()).isEqualTo(10);
    assertThat(estimate.n()).isEqualTo(7);
  }

  @Test
  @DisplayName("The same seed and samples MUST give the same interval, around the median")
  void reproducible() {
    List<double[]> samples = List.of(normal(200, 100, 5), normal(200, 101, 5));

    Estimate one = new Bootstrap(SEED).median(samples);
    Estimate other = new Bootstrap(SEED).median(samples);

    assertThat(one).isEqualTo(other);
    assertThat(one.lo()).isLessThanOrEqualTo(one.median());
    assertThat(one.hi()).isGreaterThanOrEqualTo(one.median());
    assertThat(one.lo()).isBetween(98.0, 101.0);
    assertThat(one.hi()).isBetween(100.0, 103.0);
  }

  @Test
  @DisplayName("JVMs that are apart MUST widen the interval, however many slices each has")
  void widerAcrossForks() {
    Estimate alike = new Bootstrap(SEED).median(List.of(normal(500, 100, 2), normal(500, 100, 2)));
    Estimate apart = new Bootstrap(SEED).median(List.of(normal(500, 100, 2), normal(500, 140, 2)));

    assertThat(apart.hi() - apart.lo()).isGreaterThan(10 * (alike.hi() - alike.lo()));
  }

  @Test
  @DisplayName("No sample MUST be refused, not answered with a number")
  void refusesNothing() {
    assertThatThrownBy(() -> new Bootstrap(SEED).median(List.of(new double[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] normal(int n, double mean, double deviation) {
    Random random = new Random(SEED);
    return random.doubles(n).map(unused -> mean + deviation * random.nextGaussian()).toArray();
  }

  @Test
  @DisplayName("What follows from several medians MUST draw the same JVMs for all of them")
  void ofMedians() {
    List<double[]> one = List.of(new double[] {1, 1}, new double[] {3, 3});
    List<double[]> twice = List.of(new double[] {2, 2}, new double[] {6, 6});
    Estimate ratio = new Bootstrap(1).ofMedians(List.of(one, twice), both -> both[1] / both[0]);

    assertThat(ratio.median()).isEqualTo(2);
    assertThat(ratio.lo()).as("JVMs that are dear in both").isEqualTo(2);
    assertThat(ratio.hi()).isEqualTo(2);
    assertThat(new Bootstrap(1).ofMedians(List.of(one), first -> first[0]).hi()).isEqualTo(3);
  }
}
