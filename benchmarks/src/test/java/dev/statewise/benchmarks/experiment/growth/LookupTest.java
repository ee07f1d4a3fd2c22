package dev.statewise.benchmarks.experiment.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import dev.statewise.embedded.RedisServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LookupTest {

  private static final Servers NOBODY =
      new Servers(Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  @DisplayName("Every session that is looked up MUST be found, in memory and in each bare map")
  void tasks() {
    Timed.Fork fork =
        new Timed.Fork(arms("memory"), List.of(), Group.ALL, NOBODY, "test:", 4, Tier.SMOKE, 1);
    try (var tasks = new LookupCost().tasks(fork)) {
      assertThat(tasks.gate()).isNotEmpty().allMatch(GateOutcome::passed);
      assertThat(tasks.tasks()).hasSize(3 * LiveSessions.of(Tier.SMOKE).size());
      for (Task task : tasks.tasks()) {
        task.beforeSlice().run();
        for (int i = 0; i < 100; i++) {
          assertThat(task.body().once(i)).as(task.arm()).isEqualTo(4);
        }
      }
    }
  }

  @Test
  @DisplayName("A lookup that finds nothing MUST be an error")
  void missing() {
    Task task =
        new Lookups(new ArrayList<>(List.of("a", "b")), id -> -1).task("memory", LiveSessions.K1);
    task.beforeSlice().run();

    assertThat(task.body().once(0)).isNegative();
  }

  @Test
  @DisplayName("All ids MUST come, in another order, and each as text of its own")
  void ids() {
    List<String> ids = IntStream.range(0, 5_000).mapToObj(i -> "id-" + i).toList();
    List<String> seen = new ArrayList<>();
    Lookups lookups =
        new Lookups(
            new ArrayList<>(ids),
            id -> {
              seen.add(id);
              return 1;
            });
    Task task = lookups.task("memory", LiveSessions.K1);
    task.beforeSlice().run();
    seen.clear();
    IntStream.range(0, Lookups.MOST).forEach(task.body()::once);

    assertThat(seen.subList(0, 100)).isNotEqualTo(ids.subList(0, 100));
    assertThat(Set.copyOf(seen)).hasSize(Lookups.MOST);
    Set<String> known = new HashSet<>(ids);
    assertThat(seen).allMatch(known::contains);
    assertThat(seen.get(0)).isNotSameAs(ids.get(ids.indexOf(seen.get(0))));
  }

  @Test
  @DisplayName("A validation in Redis MUST ask as much among many sessions as among few")
  void commands() {
    Assumptions.assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElseThrow());
    try (RedisServer server = RedisServer.start()) {
      Servers servers =
          new Servers(
              Optional.of(RedisAddress.of(server.uri())), Optional.empty(), Optional.empty());
      List<ArmResult> counted =
          new LookupCommands().measure(Labs.of(arms("redis"), servers)).results();

      assertThat(counted).hasSize(2);
      assertThat(counted.get(1).value("commands")).contains(1.0);
      assertThat(counted.get(1).value("commandsMore")).contains(0.0);
    }
  }

  @Test
  @DisplayName("Whatever the number holds up to half as much again, and fails beyond six times")
  void verdict() {
    assertThat(judged(1.5)).isEqualTo(Verdict.HOLDS);
    assertThat(judged(4)).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(judged(6.1)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new LookupRules().verdict(experiment(List.of())).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("A prediction MUST be said to have come true only if it has")
  void predictions() {
    assertThat(new LookupRules().predictions(grown(4)))
        .contains("six times from ten thousand to a million: came true (× 4.00)")
        .contains("as a bare map does: came true");
    assertThat(new LookupRules().predictions(grown(7)))
        .contains("did not come true (× 7.00)")
        .contains("as a bare map does: did not come true");
  }

  private static Verdict judged(double growth) {
    return new LookupRules().verdict(grown(growth)).verdict();
  }

  private static Experiment grown(double growth) {
    return experiment(
        List.of(
            looked("memory", "10k", 200, 1),
            looked("memory", "1m", 900, growth),
            looked("floor-map-get", "10k", 100, 1),
            looked("floor-map-get", "1m", 400, 4)));
  }

  private static ArmResult looked(String arm, String sessions, long nanos, double growth) {
    return new ArmResult(
        arm,
        Map.of("sessions", sessions),
        List.of(
            Metric.counted("cpu", "ns/op", nanos, 1),
            new Metric(
                "ratioToFewest", "ratio", Evidence.PAIRED, growth, growth, growth, 1, null)));
  }

  private static Experiment experiment(List<ArmResult> arms) {
    return new Experiment("E5", "", "", Verdict.NOT_TESTABLE, arms);
  }

  private static List<Arm> arms(String name) {
    return Arms.all().stream().filter(arm -> arm.name().equals(name)).toList();
  }
}
