package dev.statewise.benchmarks.experiment.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.Measured;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenSizeTest {

  private static final Servers NOBODY =
      new Servers(Optional.empty(), Optional.empty(), Optional.empty());
  private static final List<Arm> HS256 =
      Arms.all().stream().filter(arm -> arm.name().equals("jwt-hs256")).toList();

  @Test
  @DisplayName("Each size that fits MUST be accepted each time, with its MAC beside it")
  void tasks() {
    Timed.Fork fork =
        new Timed.Fork(HS256, List.of(), Group.ALL, NOBODY, "test:", 4, Tier.SMOKE, 1);
    try (var tasks = new TokenSizeCost().tasks(fork)) {
      assertThat(tasks.gate()).isNotEmpty().allMatch(GateOutcome::passed);
      assertThat(tasks.tasks())
          .extracting(Task::arm, Task::operation)
          .contains(tuple("jwt-hs256", "validate g100"), tuple("floor-mac", "validate g100"))
          .doesNotContain(tuple("jwt-hs256", "validate g200"));
      for (Task task : tasks.tasks()) {
        for (int i = 0; i < 8; i++) {
          assertThat(task.body().once(i)).as(task.arm() + task.operation()).isNotNegative();
        }
      }
    }
  }

  @Test
  @DisplayName("A token that does not fit MUST say so, with its bytes")
  void tooLarge() {
    ArmResult large =
        results(new Measurements()).stream()
            .filter(one -> one.has(Map.of("profile", "g200")))
            .findFirst()
            .orElseThrow();

    assertThat(Integer.parseInt(large.params().get("tokenBytes"))).isGreaterThan(8_192);
    assertThat(large.metric("cpu").orElseThrow().reason()).contains("does not fit", "8,192");
  }

  @Test
  @DisplayName("A straight line MUST be found again, and a bent one MUST explain less")
  void line() {
    double[] xs = {1, 2, 4, 8};
    Line straight = Line.through(xs, new double[] {12, 14, 18, 26});
    assertThat(straight.slope()).isEqualTo(2, within(1e-9));
    assertThat(straight.intercept()).isEqualTo(10, within(1e-9));
    assertThat(straight.share()).isEqualTo(1, within(1e-9));
    assertThat(Line.through(xs, new double[] {1, 2, 40, 3}).share()).isLessThan(0.5);
  }

  @Test
  @DisplayName("The fit MUST be of the bytes that were sent and the medians that were timed")
  void fit() {
    Measurements measurements = new Measurements();
    for (TokenSize size : TokenSize.values()) {
      SizedToken token = SizedToken.of(HS256.get(0), size, NOBODY);
      if (token.absence().isEmpty()) {
        add(measurements, size, 1_000 + 3L * token.bytes());
      }
    }
    ArmResult fit =
        results(measurements).stream()
            .filter(one -> one.name().equals("jwt-hs256"))
            .filter(one -> one.has(Map.of("operation", "fit")))
            .findFirst()
            .orElseThrow();

    assertThat(fit.value("slope").orElseThrow()).isEqualTo(3, within(1e-6));
    assertThat(fit.value("intercept").orElseThrow()).isEqualTo(1_000, within(1e-3));
    assertThat(fit.value("rSquared").orElseThrow()).isEqualTo(1, within(1e-6));
  }

  @Test
  @DisplayName("Larger tokens cost more only if each algorithm's largest is dearer by a tenth")
  void verdict() {
    assertThat(judged(2_000, 9_000, 50_000, 70_000)).isEqualTo(Verdict.HOLDS);
    assertThat(judged(2_000, 9_000, 50_000, 54_000)).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(judged(2_000, 2_100, 50_000, 54_000)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new TokenSizeRules().verdict(experiment(List.of())).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("A prediction MUST be said to have come true only if it has")
  void predictions() {
    assertThat(new TokenSizeRules().predictions(sized(2_000, 9_000, 50_000, 54_000)))
        .contains("jwt-es256 the same at every size within a tenth: came true (× 1.08)");
    assertThat(new TokenSizeRules().predictions(sized(2_000, 9_000, 50_000, 60_000)))
        .contains("jwt-es256 the same at every size within a tenth: did not come true (× 1.20)");
  }

  private static List<ArmResult> results(Measurements measurements) {
    return new TokenSizeCost()
        .results(
            new Measured(Map.of(17, measurements), List.of()),
            Labs.of(HS256, NOBODY),
            new Bootstrap(1));
  }

  private static Verdict judged(long hs, long hsLarge, long es, long esLarge) {
    return new TokenSizeRules().verdict(sized(hs, hsLarge, es, esLarge)).verdict();
  }

  private static Experiment sized(long hs, long hsLarge, long es, long esLarge) {
    return experiment(
        List.of(
            timed("jwt-hs256", "263", hs),
            timed("jwt-hs256", "5775", hsLarge),
            timed("jwt-es256", "306", es),
            timed("jwt-es256", "5818", esLarge)));
  }

  private static Experiment experiment(List<ArmResult> arms) {
    return new Experiment("E3", "", "", Verdict.NOT_TESTABLE, arms);
  }

  private static ArmResult timed(String arm, String bytes, long nanos) {
    return new ArmResult(
        arm,
        Map.of("operation", "validate", "profile", bytes, "tokenBytes", bytes),
        List.of(Metric.counted("cpu", "ns/op", nanos, 1)));
  }

  private static void add(Measurements measurements, TokenSize size, long nanos) {
    for (int fork = 1; fork <= 2; fork++) {
      for (int round = 0; round < 3; round++) {
        measurements.add(
            new Slice(
                fork, round, 0, "jwt-hs256", size.operation(), 1, 0, nanos, nanos, nanos, 1, 0));
      }
    }
  }
}
