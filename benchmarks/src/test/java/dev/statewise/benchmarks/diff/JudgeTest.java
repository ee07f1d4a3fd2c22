package dev.statewise.benchmarks.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final Key KEY = new Key("E1", "memory", Map.of(), "cpu");
  private static final int SLICES = 200;

  private final Judge judge = new Judge(Noise.usual());

  @Test
  @DisplayName("A count MUST be equal or it changed, by however little")
  void counts() {
    Reading sixty = counted(Better.LOWER, 60);

    assertThat(judge.of(KEY, sixty, counted(Better.LOWER, 60)).outcome())
        .isEqualTo(Outcome.NO_CHANGE);
    assertThat(judge.of(KEY, sixty, counted(Better.LOWER, 61)).outcome())
        .isEqualTo(Outcome.REGRESSED);
    assertThat(judge.of(KEY, sixty, counted(Better.LOWER, 59)).outcome())
        .isEqualTo(Outcome.IMPROVED);
    assertThat(
            judge.of(KEY, counted(Better.UNKNOWN, 8_192), counted(Better.UNKNOWN, 8_193)).outcome())
        .isEqualTo(Outcome.CHANGED);
    assertThat(judge.of(KEY, counted(Better.LOWER, 0), counted(Better.LOWER, 1)))
        .extracting(Difference::outcome, Difference::ratio)
        .containsExactly(Outcome.REGRESSED, null);
  }

  @Test
  @DisplayName(
      "What was measured MUST change only if its JVMs differ, and be noise if it is by little")
  void samples() {
    Reading before = sampled(1_000, 1_000, 1_010, 990, 1_005, 995);

    assertThat(judge.of(KEY, before, sampled(1, 1_200, 1_210, 1_190, 1_205, 1_195)))
        .extracting(Difference::outcome)
        .isEqualTo(Outcome.REGRESSED);
    assertThat(judge.of(KEY, before, sampled(2, 800, 810, 790, 805, 795)).outcome())
        .isEqualTo(Outcome.IMPROVED);
    assertThat(judge.of(KEY, before, sampled(3, 1_025, 1_024, 1_022, 1_023, 1_026)).outcome())
        .isEqualTo(Outcome.WITHIN_NOISE);
    assertThat(judge.of(KEY, before, sampled(4, 1_003, 1_006, 991, 1_004, 998)).outcome())
        .isEqualTo(Outcome.NO_CHANGE);
  }

  @Test
  @DisplayName("One slow JVM of three MUST NOT make a change, however many slices it had")
  void oneSlowJvm() {
    Difference difference =
        judge.of(KEY, sampled(1, 1_000, 1_005, 995), sampled(2, 1_003, 997, 1_600));

    assertThat(difference.outcome()).isEqualTo(Outcome.NO_CHANGE);
    assertThat(difference.ratio()).matches(ratio -> ratio.lo() < 1.01 && ratio.hi() > 1.3);
    assertThat(difference.p()).as("of three JVMs a side no order is rare").isNull();
  }

  @Test
  @DisplayName("From four JVMs a side on, the ranks of the JVMs MUST agree that they differ")
  void ranks() {
    assertThat(
            judge.of(KEY, sampled(1, 1_000, 1_001, 1_002, 1_003), sampled(2, 900, 901, 902, 903)))
        .satisfies(one -> assertThat(one.outcome()).isEqualTo(Outcome.IMPROVED))
        .satisfies(one -> assertThat(one.p()).isNotNull().isLessThan(0.05));
    assertThat(
            judge
                .of(KEY, sampled(1, 1_000, 1_001, 1_002, 1_003), sampled(2, 900, 901, 902, 1_004))
                .p())
        .isGreaterThan(0.05);
  }

  @Test
  @DisplayName("With fewer than three JVMs on a side no change MUST be told of, and why")
  void tooFew() {
    Difference difference =
        judge.of(KEY, sampled(1, 1_000, 1_001, 1_002), sampled(2, 3_000, 3_001));

    assertThat(difference.outcome()).isEqualTo(Outcome.NO_CHANGE);
    assertThat(difference.why()).isEqualTo("too few JVMs");
  }

  @Test
  @DisplayName("Without samples, intervals that overlap MUST be no change, and others one")
  void intervals() {
    Reading before = estimated(100, 95, 105);

    assertThat(judge.of(KEY, before, estimated(109, 104, 114)).outcome())
        .isEqualTo(Outcome.NO_CHANGE);
    assertThat(judge.of(KEY, before, estimated(120, 115, 125)).outcome())
        .isEqualTo(Outcome.REGRESSED);
    assertThat(judge.of(KEY, estimated(100, 99.9, 100.1), estimated(102, 101.9, 102.1)).outcome())
        .isEqualTo(Outcome.WITHIN_NOISE);
    assertThat(
            new Judge(new Noise(Map.of("cpu", 0.3), 0))
                .of(KEY, before, estimated(120, 115, 125))
                .outcome())
        .isEqualTo(Outcome.WITHIN_NOISE);
  }

  @Test
  @DisplayName("Less than a byte an operation MUST be taken for nothing")
  void nextToNothing() {
    assertThat(judge.of(KEY, estimated(0.02, 0.01, 0.03), estimated(0.4, 0.3, 0.5)).outcome())
        .isEqualTo(Outcome.NO_CHANGE);
  }

  private static Reading counted(Better better, double value) {
    return new Reading("B", Evidence.COUNT, better, value, value, value, List.of(), 1);
  }

  static Reading estimated(double value, double lo, double hi) {
    return new Reading("ns/op", Evidence.CPU, Better.LOWER, value, lo, hi, List.of(), 5);
  }

  /** Slices around the pace of each JVM. */
  private static Reading sampled(int seed, double... paces) {
    Random random = new Random(seed);
    List<double[]> groups =
        IntStream.range(0, paces.length)
            .mapToObj(
                jvm ->
                    random.doubles(SLICES, 0.99, 1.01).map(around -> around * paces[jvm]).toArray())
            .toList();
    double middle = dev.statewise.benchmarks.rig.Bootstrap.medianOf(paces);
    return new Reading(
        "ns/op", Evidence.CPU, Better.LOWER, middle, middle, middle, groups, paces.length);
  }
}
