package dev.statewise.benchmarks.experiment.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.Measured;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Collecting;
import dev.statewise.benchmarks.rig.CollectorCpu;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private final Measurements measurements = new Measurements();

  @Test
  @DisplayName("A byte MUST be charged what its own JVM's collector took a byte")
  void charged() {
    allocated(1, "jwt-hs256", 2_000, 900);
    allocated(2, "memory", 100, 90);
    measurements.collecting(1, 0.05);
    measurements.collecting(2, 0.1);

    assertThat(metric("jwt-hs256", "alloc").value()).isEqualTo(2_000.0);
    assertThat(metric("jwt-hs256", "collectorCpu").value()).isEqualTo(100.0, within(1e-9));
    assertThat(metric("jwt-hs256", "collectorShare").value()).isEqualTo(0.1, within(1e-9));
    assertThat(metric("memory", "collectorCpu").value()).isEqualTo(10.0, within(1e-9));
    assertThat(metric("memory", "collectorCpu").evidence()).isEqualTo(Evidence.MODEL);
  }

  @Test
  @DisplayName("What the system does not tell MUST be absent with its reason, and not 0")
  void untold() {
    allocated(1, "jwt-hs256", 2_000, 900);

    assertThat(metric("jwt-hs256", "collectorCpu").value()).isNull();
    assertThat(metric("jwt-hs256", "collectorCpu").reason()).contains("Linux");
    assertThat(metric("memory", "alloc").reason()).contains("not measured");
  }

  @Test
  @DisplayName("A collection MUST show in the collector's CPU time")
  @SuppressWarnings("UnusedVariable") // what is allocated is to be collected
  void collecting() {
    Assumptions.assumeTrue(
        CollectorCpu.nanos().isPresent(),
        "the system does not tell what the collector's thread did");
    Collecting collecting = new Collecting();
    for (int i = 0; i < 64; i++) {
      byte[] garbage = new byte[1 << 20];
    }
    System.gc();

    assertThat(collecting.nanosPerByte().orElseThrow()).isPositive();
  }

  @Test
  @DisplayName("Tokens make garbage and stores do not only if each store allocates less than each")
  void verdict() {
    assertThat(judged(300, 1_000)).isEqualTo(Verdict.HOLDS);
    assertThat(judged(300, 2_500)).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(judged(2_600, 2_500)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new AllocationRules().verdict(experiment(List.of())).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  private static Verdict judged(long memory, long redis) {
    return new AllocationRules()
        .verdict(
            experiment(
                List.of(
                    result("memory", memory), result("redis", redis), result("jwt-hs256", 2_400))))
        .verdict();
  }

  private static ArmResult result(String arm, long bytes) {
    return new ArmResult(
        arm, Map.of("operation", "validate"), List.of(Metric.counted("alloc", "B/op", bytes, 1)));
  }

  private static Experiment experiment(List<ArmResult> arms) {
    return new Experiment("E7", "", "", Verdict.NOT_TESTABLE, arms);
  }

  private Metric metric(String arm, String metric) {
    return new Allocation()
            .results(
                new Measured(Map.of(17, measurements), List.of()),
                Labs.of(
                    Arms.all(), new Servers(Optional.empty(), Optional.empty(), Optional.empty())),
                new Bootstrap(1))
            .stream()
            .filter(one -> one.name().equals(arm) && one.has(Map.of("operation", "validate")))
            .findFirst()
            .flatMap(one -> one.metric(metric))
            .orElseThrow();
  }

  private void allocated(int fork, String arm, long bytes, long nanos) {
    for (int round = 0; round < 3; round++) {
      measurements.add(
          new Slice(fork, round, 0, arm, "validate", 1, 0, nanos, nanos, nanos, bytes, 0));
    }
  }
}
