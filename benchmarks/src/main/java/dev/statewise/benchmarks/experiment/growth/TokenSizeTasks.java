package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.AddedTasks;
import dev.statewise.benchmarks.experiment.Floors;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.experiment.Validating;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.rig.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The tasks of experiment E3: tokens of each size are verified anew and read whole. */
final class TokenSizeTasks extends AddedTasks {

  private final Timed.Fork fork;

  private TokenSizeTasks(Timed.Fork fork) {
    this.fork = fork;
  }

  static TokenSizeTasks build(Timed.Fork fork) {
    return built(new TokenSizeTasks(fork), tasks -> sized(fork.arms()).forEach(tasks::add));
  }

  /** Plain tokens, one arm an algorithm. */
  static List<Arm> sized(List<Arm> arms) {
    return arms.stream()
        .filter(arm -> arm.manner() == Manner.WHOLE && arm.needs().isEmpty())
        .filter(arm -> !arm.isVariant() && !PeerArm.isPeer(arm.name()))
        .toList();
  }

  private void add(Arm arm) {
    if (passesGate(arm, fork)) {
      for (TokenSize size : TokenSize.values()) {
        if (SizedToken.of(arm, size, fork.servers()).absence().isEmpty()) {
          add(arm, size);
        }
      }
    }
  }

  private void add(Arm arm, TokenSize size) {
    MovableClock clock = MovableClock.atPresent();
    BuiltArm built =
        arm.build()
            .apply(
                new Wiring(
                    ValidationTasks.policy(), clock, fork.servers(), fork.keyPrefix() + size));
    closing(built.resources());
    Sessions sessions = built.sessions();
    Validating validating =
        Validating.opening(
            sessions, clock, Duration.ZERO, Manner.WHOLE, fork.pool(), size.attributes());
    add(new Task(arm.name(), size.operation(), validating));
    if (arm.floor().equals(Optional.of(TokenKey.HS256.floor()))) {
      Task floor = Floors.ofTokens(TokenKey.HS256.floor(), validating.pool());
      add(new Task(floor.arm(), size.operation(), floor.body()));
    }
  }
}
