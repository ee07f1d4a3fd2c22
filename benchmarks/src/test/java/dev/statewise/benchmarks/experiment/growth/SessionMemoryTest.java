package dev.statewise.benchmarks.experiment.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Counted.Count;
import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import dev.statewise.embedded.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionMemoryTest {

  private static final List<Arm> ARMS =
      Arms.all().stream()
          .filter(arm -> List.of("memory", "redis", "hybrid").contains(arm.name()))
          .toList();

  private static final Servers NOBODY =
      new Servers(Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  @DisplayName("A known object MUST be weighed as what it weighs, and a list MUST cost something")
  void weighs() {
    Assumptions.assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElseThrow());
    Count count = new SessionMemory().measure(Labs.of(ARMS, NOBODY));

    assertThat(count.findings()).isEmpty();
    assertThat(count.checked()).isEqualTo(1);
    assertThat(heap(count, "memory", Kept.SESSION)).isBetween(200.0, 2_000.0);
    assertThat(heap(count, "memory", Kept.LISTED))
        .isGreaterThan(heap(count, "memory", Kept.SESSION) + 50);
    assertThat(redis(count, Kept.SESSION).value(SessionMemory.KEYS)).contains(1.0);
    assertThat(redis(count, Kept.LISTED).value(SessionMemory.KEYS)).contains(2.0);
    assertThat(redis(count, Kept.SESSION).value(SessionMemory.REDIS).orElseThrow())
        .isBetween(100.0, 1_000.0);
    assertThat(redis(count, Kept.SESSION).metric(SessionMemory.TO_SPRING).orElseThrow().reason())
        .contains("was not weighed");
  }

  @Test
  @DisplayName("A scale that is out by more than a twentieth MUST be found out")
  void control() {
    assertThat(SessionMemory.finding(Control.BYTES * 1.04)).isEmpty();
    assertThat(SessionMemory.finding(Control.BYTES * 1.06).orElseThrow()).contains("84");
    assertThat(SessionMemory.finding(Control.BYTES * 0.94)).isPresent();
  }

  @Test
  @DisplayName("What could not be weighed MUST say why, and MUST NOT be 0")
  void absent() {
    Weighed near = new Weighed("redis-near", Kept.COPY, SessionState.TYP);
    Weights weights =
        HeapWeights.of(List.of(near), WeighingPlan.of(Tier.SMOKE), Optional.empty(), () -> false);

    Metric metric = weights.metric(SessionMemory.HEAP, near);
    assertThat(metric.value()).isNull();
    assertThat(metric.reason()).contains("no Redis");
  }

  @Test
  @DisplayName("A weight MUST be the median of several, between the least and the most")
  void median() {
    Weighed session = new Weighed("memory", Kept.SESSION, SessionState.FIVE);
    Weights weights = new Weights();
    List.of(301.2, 250.4, 250.6).forEach(bytes -> weights.add(session, bytes));

    Metric metric = weights.metric(SessionMemory.HEAP, session);
    assertThat(metric.value()).isEqualTo(251.0);
    assertThat(metric.lo()).isEqualTo(250.0);
    assertThat(metric.hi()).isEqualTo(301.0);
  }

  @Test
  @DisplayName("What is weighed MUST be the same after it was told to the other JVM")
  void told() {
    for (Weighed weighed : Weighed.onHeap(Arms.all(), List.of())) {
      assertThat(Weighed.parse(weighed.toString())).isEqualTo(weighed);
    }
    assertThat(Weighed.onHeap(Arms.all(), List.of()))
        .extracting(Weighed::kept)
        .contains(Kept.values());
  }

  @Test
  @DisplayName("The verdict MUST follow from a session's bytes and a refusal's, in each place")
  void verdict() {
    assertThat(judged(700, 130, 360, 250).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(judged(700, 130, 240, 250).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(judged(100, 130, 240, 250).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new MemoryRules().verdict(experiment(List.of())).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(judged(700, 130, 360, 250).sentence()).contains("700", "130", "360", "250");
  }

  @Test
  @DisplayName("A prediction MUST be said to have come true only if it has")
  void predictions() {
    assertThat(new MemoryRules().predictions(weighed(700, 130, 260, 130)))
        .contains(
            "about 250 bytes of heap: did not come true (700)",
            "as much in Redis: came true (260)",
            "about 130 for a refusal in Redis: came true (130)");
  }

  private static Finding judged(long heap, long refusal, long redis, long refused) {
    return new MemoryRules().verdict(weighed(heap, refusal, redis, refused));
  }

  private static Experiment weighed(long heap, long refusal, long redis, long refused) {
    return experiment(
        List.of(
            result("memory", Kept.SESSION, SessionMemory.HEAP, heap),
            result("hybrid-local", Kept.REFUSAL, SessionMemory.HEAP, refusal),
            result("redis", Kept.SESSION, SessionMemory.REDIS, redis),
            result("hybrid", Kept.REFUSAL, SessionMemory.REDIS, refused)));
  }

  private static Experiment experiment(List<ArmResult> arms) {
    return new Experiment(Question.E28.name(), "", "", Verdict.NOT_TESTABLE, arms);
  }

  private static ArmResult result(String arm, Kept kept, String metric, long bytes) {
    return new ArmResult(
        arm,
        new Weighed(arm, kept, SessionState.FIVE).params(10),
        List.of(Metric.counted(metric, "B/session", bytes, 3)));
  }

  private static double heap(Count count, String arm, Kept kept) {
    return result(count, arm, kept, SessionMemory.HEAP).value(SessionMemory.HEAP).orElseThrow();
  }

  private static ArmResult redis(Count count, Kept kept) {
    return result(count, "redis", kept, SessionMemory.REDIS);
  }

  private static ArmResult result(Count count, String arm, Kept kept, String metric) {
    return count.results().stream()
        .filter(one -> one.name().equals(arm) && one.metric(metric).isPresent())
        .filter(one -> one.has(Map.of(Weighed.KEPT, kept.toString(), Weighed.PROFILE, "five")))
        .findFirst()
        .orElseThrow();
  }
}
