package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Runs;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatesTest {

  private static final int KIB = 1 << 10;
  private static final List<StateSize> SIZES = List.of(StateSize.values());

  private final List<ArmResult> arms = new ArrayList<>();

  @Test
  @DisplayName(
      "The claim MUST hold if a request to no store outside comes to cost more than twice the smallest")
  void holds() {
    inside("memory", 1_000, 1_000, 1_000);
    outside("redis", 10_000, 15_000, 19_000);

    assertThat(verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(sentence()).contains("redis takes 20.0 µs of CPU with 1 KiB", "never twice");
  }

  @Test
  @DisplayName(
      "The claim MUST NOT hold if every store outside costs twice as much at the next size")
  void doesNotHold() {
    outside("redis", 10_000, 40_000, 900_000);
    outside("jdbc-postgres", 50_000, 110_000, 900_000);

    assertThat(verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
  }

  @Test
  @DisplayName("The claim MUST hold in part if some store outside costs twice as much somewhere")
  void holdsWhen() {
    outside("redis", 10_000, 40_000, 900_000);
    outside("object-s3", 500_000, 600_000, 9_000_000);

    assertThat(verdict()).isEqualTo(Verdict.HOLDS_WHEN);
  }

  @Test
  @DisplayName("Without a store outside there MUST be no verdict")
  void notTestable() {
    inside("memory", 1_000, 1_000, 1_000);

    assertThat(verdict()).isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName(
      "Where a cost doubles MUST be read off a line on logarithmic axes, the server's included")
  void doubles() {
    // Times 4 over times 64: twice the cost after half of the way, 8 KiB.
    outside("redis", 10_000, 40_000, 40_000);

    assertThat(sentence()).contains("twice the former from about 8.00 KiB on");
    assertThat(new States().predictions(experiment()))
        .contains("redis costs twice as much somewhere from 1 to 64 KiB: came true (8.00 KiB)");
  }

  @Test
  @DisplayName("Where one store becomes cheaper than another MUST be said, and of which is which")
  void crossovers() {
    outside("redis", 10_000, 40_000, 160_000);
    outside("jdbc-h2", 20_000, 20_000, 20_000);

    assertThat(new States().asides(experiment()))
        .containsExactly(
            "From about 8.00 KiB on a request costs less CPU with jdbc-h2 than with redis.");
  }

  @Test
  @DisplayName("A store whose server's CPU time is not known MUST NOT be held against another")
  void clientAlone() {
    outside("redis", 10_000, 40_000, 160_000);
    for (StateOperation operation : StateOperation.values()) {
      for (StateSize size : SIZES.subList(0, 2)) {
        arms.add(
            Runs.arm(
                "object-s3",
                Map.of("operation", operation.toString(), "size", size.toString()),
                Runs.metric("cpu", 20_000),
                Metric.absent("serverCpu", "ns/op", Evidence.CPU, "not asked"),
                Metric.counted("roundTrips", "round trips", 1, 3)));
      }
    }

    assertThat(new States().asides(experiment())).isEmpty();
    assertThat(sentence()).contains("object-s3 (its client alone) takes 40.0 µs");
  }

  @Test
  @DisplayName("Memory's prediction MUST say by which factor the largest state costs more")
  void memory() {
    inside("memory", 1_000, 1_000, 1_400);

    assertThat(new States().predictions(experiment()))
        .isEqualTo("memory costs the same at every size: came true (× 1.40).");
  }

  @Test
  @DisplayName("I16 fewer bytes on the wire than the state has MUST make the run INVALID")
  void bytes() {
    outside("redis", 10_000, 40_000, 160_000);
    assertThat(invariant(true)).isEqualTo(Outcome.HOLDS);

    arms.add(0, result("redis", StateOperation.CHANGE, StateSize.KIB_1, 10_000, KIB - 1));
    assertThat(invariant(true)).isEqualTo(Outcome.BROKEN);
    assertThat(States.invariant(Optional.of(experiment()), false).detail())
        .contains("redis change 1 KiB: 1,023 bytes on the wire");
  }

  @Test
  @DisplayName("I16 a larger state that costs less MUST make the run INVALID, where times count")
  void cheaper() {
    outside("redis", 10_000, 9_000, 160_000);

    assertThat(invariant(true)).isEqualTo(Outcome.BROKEN);
    assertThat(invariant(false)).isEqualTo(Outcome.HOLDS);
  }

  @Test
  @DisplayName("I16 MUST NOT apply where nothing passes a wire")
  void noWire() {
    inside("memory", 1_000, 900, 800);

    assertThat(invariant(true)).isEqualTo(Outcome.NOT_APPLICABLE);
    assertThat(States.invariant(Optional.empty(), true).outcome())
        .isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  @DisplayName("State of each size MUST have exactly so many bytes, before and after a change")
  void sizes() {
    for (StateSize size : StateSize.values()) {
      Map<String, String> attributes = size.attributes();
      int expected =
          attributes.entrySet().stream()
              .mapToInt(one -> one.getKey().length() + one.getValue().length() + 8)
              .sum();

      assertThat(expected).isEqualTo(size.bytes());
      assertThat(attributes).hasSize(StateSize.ATTRIBUTES).containsKey(StateSize.CHANGED);
      assertThat(size.other())
          .hasSameSizeAs(attributes.get(StateSize.CHANGED))
          .isNotEqualTo(attributes.get(StateSize.CHANGED));
    }
  }

  private Outcome invariant(boolean timesReadable) {
    return States.invariant(Optional.of(experiment()), timesReadable).outcome();
  }

  private Verdict verdict() {
    return new States().verdict(experiment()).verdict();
  }

  private String sentence() {
    return new States().verdict(experiment()).sentence();
  }

  private Experiment experiment() {
    return Runs.experiment("E26", arms.toArray(ArmResult[]::new));
  }

  /** What each half of a request costs at each size, client and server together. */
  private void outside(String arm, double... nanos) {
    each(arm, true, nanos);
  }

  private void inside(String arm, double... nanos) {
    each(arm, false, nanos);
  }

  private void each(String arm, boolean wire, double... nanos) {
    for (StateOperation operation : StateOperation.values()) {
      for (int i = 0; i < nanos.length; i++) {
        StateSize size = SIZES.get(i);
        arms.add(result(arm, operation, size, nanos[i], wire ? size.bytes() + 100 : 0));
      }
    }
  }

  private static ArmResult result(
      String arm, StateOperation operation, StateSize size, double nanos, int bytes) {
    return Runs.arm(
        arm,
        Map.of("operation", operation.toString(), "size", size.toString()),
        Runs.metric("cpu", bytes == 0 ? nanos : nanos / 2),
        bytes == 0
            ? Metric.absent("serverCpu", "ns/op", Evidence.CPU, "asks no server")
            : Runs.metric("serverCpu", nanos / 2),
        Metric.counted("bytesToStore", "B", bytes, 3),
        Metric.counted("bytesFromStore", "B", bytes, 3),
        Metric.counted("roundTrips", "round trips", bytes == 0 ? 0 : 1, 3));
  }
}
