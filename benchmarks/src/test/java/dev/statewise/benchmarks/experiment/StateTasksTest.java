package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.DishonestSessions;
import dev.statewise.benchmarks.arm.Lie;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.StartedServers;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.embedded.RedisServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateTasksTest {

  private static final int POOL = 4;
  private static final List<StateSize> SMALL = List.of(StateSize.KIB_1, StateSize.KIB_64);

  @Test
  @DisplayName("Each store MUST read and change state of each size, again and again")
  void readsAndChanges() {
    assumeRedis();
    try (StartedServers postgres = StartedServers.forArm("jdbc-postgres");
        StartedServers objects = StartedServers.forArm("object-s3");
        RedisServer server = RedisServer.start();
        StateTasks tasks =
            StateTasks.build(
                Arms.all(),
                List.of(StateSize.values()),
                new Servers(
                    Optional.of(RedisAddress.of(server.uri())),
                    postgres.servers().postgres(),
                    objects.servers().objects()),
                "test:",
                POOL)) {
      assertThat(tasks.gate()).allSatisfy(one -> assertThat(one.passed()).as("%s", one).isTrue());
      assertThat(Arms.stores(Arms.all())).hasSize(5);
      assertThat(tasks.tasks())
          .hasSize(
              Arms.stores(Arms.all()).size()
                  * StateOperation.values().length
                  * StateSize.values().length);
      for (Task task : tasks.tasks()) {
        for (int i = 0; i < 2 * POOL; i++) {
          assertThat(task.body().once(i)).as("%s %s", task.arm(), task.operation()).isPositive();
        }
      }
    }
  }

  @Test
  @DisplayName("A store that fails its gate MUST NOT be timed")
  void dishonest() {
    Arm lying =
        new Arm(
            "memory",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DishonestSessions.arm(Lie.ACCEPTS_EXPIRED).build());

    try (StateTasks tasks = StateTasks.build(List.of(lying), SMALL, Servers.NONE, "test:", POOL)) {
      assertThat(tasks.tasks()).isEmpty();
    }
  }

  @Test
  @DisplayName("What a change sends to a store outside MUST be the whole state, and to none inside")
  void traffic() {
    assumeRedis();
    try (RedisServer server = RedisServer.start()) {
      List<Arm> arms =
          Arms.all().stream()
              .filter(arm -> List.of("memory", "redis").contains(arm.name()))
              .toList();
      Lab lab = Labs.of(arms, Servers.of(RedisAddress.of(server.uri())));
      List<ArmResult> counted = StateTraffic.of(lab).results();
      List<ArmResult> results =
          new StateCost(new Measurements(), counted, new Bootstrap(1))
              .results(arms, StateSize.of(lab.tier()), arm -> Optional.empty());

      for (ArmResult result : results) {
        double bytes = result.value("bytesToStore").orElseThrow();
        double trips = result.value("roundTrips").orElseThrow();
        if (result.name().equals("memory")) {
          assertThat(bytes).isZero();
          assertThat(trips).isZero();
        } else {
          assertThat(trips).as("%s", result).isEqualTo(1);
        }
        assertThat(result.metric("cpu").orElseThrow().reason()).contains("not measured");
      }
    }
  }

  @Test
  @DisplayName("10 MiB MUST be from tier standard on, and the other sizes at every tier")
  void tiers() {
    assertThat(StateSize.of(Tier.QUICK))
        .containsExactly(StateSize.KIB_1, StateSize.KIB_64, StateSize.MIB_1);
    assertThat(StateSize.of(Tier.STANDARD)).containsExactly(StateSize.values());
  }

  private static void assumeRedis() {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
  }
}
