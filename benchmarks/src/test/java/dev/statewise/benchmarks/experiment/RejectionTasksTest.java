package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.DishonestSessions;
import dev.statewise.benchmarks.arm.Lie;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RejectionTasksTest {

  private static final int POOL = 4;

  @Test
  @DisplayName("Each arm MUST refuse each of its bad credentials, for the reason that the case has")
  void conformance() {
    try (RejectionTasks tasks = RejectionTasks.build(Arms.all(), Servers.NONE, "", POOL)) {
      assertThat(tasks.gate()).allSatisfy(one -> assertThat(one.passed()).as("%s", one).isTrue());
      for (Arm arm : Arms.all()) {
        assertThat(tasks.gate())
            .filteredOn(one -> one.arm().equals(arm.name()))
            .hasSize(arm.needs().isPresent() ? 0 : BadCredential.of(arm.name()).size());
      }
      for (Task task : tasks.tasks()) {
        for (int i = 0; i < 2 * POOL; i++) {
          assertThat(task.body().once(i)).as("%s %s", task.arm(), task.operation()).isNotNegative();
        }
      }
    }
  }

  @Test
  @DisplayName("What is not refused as it must be MUST fail the gate and not be timed")
  void dishonest() {
    Arm lying =
        new Arm(
            "memory",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DishonestSessions.arm(Lie.ACCEPTS_EXPIRED).build());

    try (RejectionTasks tasks = RejectionTasks.build(List.of(lying), Servers.NONE, "", POOL)) {
      assertThat(tasks.gate())
          .filteredOn(one -> !one.passed())
          .singleElement()
          .isEqualTo(
              new GateOutcome(
                  "memory", "refuses expired", false, "Rejected (EXPIRED)", "Accepted"));
      assertThat(tasks.tasks())
          .extracting(Task::operation)
          .contains("valid", "random-id", "memory/random-id")
          .doesNotContain("expired", "memory/expired");
    }
  }
}
