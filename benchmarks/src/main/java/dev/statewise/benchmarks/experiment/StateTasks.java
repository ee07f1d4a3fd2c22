package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.rig.Task;
import java.util.List;

/** The tasks of experiment E26: each store reads and changes state of each size. */
public final class StateTasks extends AddedTasks {

  /** What a store is told to take, so that each takes every size. */
  static final int LARGEST_STATE = 16 << 20;

  private final Servers servers;
  private final String keyPrefix;

  private StateTasks(Servers servers, String keyPrefix) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
  }

  /**
   * Builds every store that can be built, asks it at its gate, and opens its sessions.
   *
   * @param keyPrefix of every key in a store
   * @param pool how many sessions of a size, if it is small; a power of two
   */
  public static StateTasks build(
      List<Arm> arms, List<StateSize> sizes, Servers servers, String keyPrefix, int pool) {
    return built(
        new StateTasks(servers, keyPrefix),
        tasks -> Arms.stores(arms).forEach(arm -> tasks.add(arm, sizes, pool)));
  }

  private void add(Arm arm, List<StateSize> sizes, int pool) {
    if (arm.canRun(servers) && passesGate(arm)) {
      sizes.forEach(size -> add(arm, size, pool));
    }
  }

  private boolean passesGate(Arm arm) {
    MovableClock clock = MovableClock.atPresent();
    Wiring gated =
        new Wiring(SessionPolicy.defaults(), clock, servers, keyPrefix + arm.name() + ":gate")
            .withLargestState(LARGEST_STATE);
    return passesGate(arm, clock, gated);
  }

  private void add(Arm arm, StateSize size, int most) {
    Wiring wiring =
        new Wiring(
                ValidationTasks.policy(),
                MovableClock.atPresent(),
                servers,
                keyPrefix + arm.name() + ":" + size)
            .withLargestState(LARGEST_STATE);
    BuiltArm built = arm.build().apply(wiring);
    closing(built.resources());
    StatePool.open(built.sessions(), size, most).pool().ifPresent(pool -> add(arm, size, pool));
  }

  private void add(Arm arm, StateSize size, StatePool pool) {
    for (StateOperation operation : StateOperation.values()) {
      add(new Task(arm.name(), operation.of(size), pool.body(operation)));
    }
    arm.needs().ifPresent(server -> asks(arm.name(), server));
  }
}
