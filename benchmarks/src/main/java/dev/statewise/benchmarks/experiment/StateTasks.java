package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Gate;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks of experiment E26: each store reads and changes state of each size. */
public final class StateTasks implements TimedTasks {

  /** What a store is told to take, so that each takes every size. */
  static final int LARGEST_STATE = 16 << 20;

  private final List<Task> tasks = new ArrayList<>();
  private final List<GateOutcome> gate = new ArrayList<>();
  private final List<BuiltArm> opened = new ArrayList<>();
  private final Map<String, Server> onServer = new HashMap<>();
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
    StateTasks tasks = new StateTasks(servers, keyPrefix);
    try {
      for (Arm arm : Arms.stores(arms)) {
        if (arm.canRun(servers) && tasks.passesGate(arm)) {
          sizes.forEach(size -> tasks.add(arm, size, pool));
        }
      }
      return tasks;
    } catch (RuntimeException e) {
      tasks.close();
      throw e;
    }
  }

  private boolean passesGate(Arm arm) {
    MovableClock clock = MovableClock.atPresent();
    Wiring gated =
        new Wiring(SessionPolicy.defaults(), clock, servers, keyPrefix + arm.name() + ":gate")
            .withLargestState(LARGEST_STATE);
    try (BuiltArm built = arm.build().apply(gated)) {
      List<GateOutcome> outcomes = Gate.ask(arm.name(), built.sessions(), clock);
      gate.addAll(outcomes);
      return outcomes.stream().allMatch(GateOutcome::passed);
    }
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
    opened.add(built);
    StatePool.open(built.sessions(), size, most).pool().ifPresent(pool -> add(arm, size, pool));
  }

  private void add(Arm arm, StateSize size, StatePool pool) {
    for (StateOperation operation : StateOperation.values()) {
      tasks.add(new Task(arm.name(), operation.of(size), pool.body(operation)));
    }
    arm.needs().ifPresent(server -> onServer.put(arm.name(), server));
  }

  @Override
  public List<Task> tasks() {
    return List.copyOf(tasks);
  }

  @Override
  public List<GateOutcome> gate() {
    return List.copyOf(gate);
  }

  /** None: each size is another state, the same for every store by construction. */
  @Override
  public Map<String, String> payloads() {
    return Map.of();
  }

  @Override
  public Map<String, Server> onServer() {
    return Map.copyOf(onServer);
  }

  @Override
  public void close() {
    opened.forEach(BuiltArm::close);
  }
}
