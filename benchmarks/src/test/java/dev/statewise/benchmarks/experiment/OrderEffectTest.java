package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.statewise.benchmarks.rig.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderEffectTest {

  @Test
  @DisplayName("A cost that rises with the position MUST be found, and one that does not MUST NOT")
  void findsAnEffect() {
    Random random = new Random(3);

    double rising =
        OrderEffect.probability(slices(position -> 1_000 + 20L * position + random.nextInt(100)))
            .orElseThrow();
    double level =
        OrderEffect.probability(slices(position -> 1_000 + random.nextInt(100))).orElseThrow();

    assertThat(rising).isLessThan(NoiseFloor.SIGNIFICANCE);
    assertThat(level).isGreaterThan(NoiseFloor.SIGNIFICANCE);
  }

  @Test
  @DisplayName("A handful of slices MUST give no answer")
  void tooFew() {
    assertThat(OrderEffect.probability(slices(position -> 1).subList(0, 10))).isEmpty();
  }

  @Test
  @DisplayName("The share of the normal distribution MUST be that of the tables")
  void normal() {
    assertThat(OrderEffect.twoSided(0)).isCloseTo(1, within(1e-6));
    assertThat(OrderEffect.twoSided(1.959964)).isCloseTo(0.05, within(1e-5));
    assertThat(OrderEffect.twoSided(-2.575829)).isCloseTo(0.01, within(1e-5));
  }

  @Test
  @DisplayName("Of many probabilities the smallest MUST be corrected for their number")
  void holm() {
    assertThat(OrderEffect.holm(List.of(0.02, 0.5, 0.9))).isCloseTo(0.06, within(1e-12));
    assertThat(OrderEffect.holm(List.of(0.9, 0.8))).isEqualTo(1);
  }

  private static List<Slice> slices(IntToLongFunction cost) {
    List<Slice> slices = new ArrayList<>();
    Random positions = new Random(5);
    for (int round = 0; round < 200; round++) {
      int position = positions.nextInt(18);
      slices.add(
          new Slice(
              1 + round % 2,
              round,
              position,
              "memory",
              "validate",
              1,
              0,
              cost.applyAsLong(position),
              1,
              1,
              1,
              1));
    }
    return slices;
  }
}
