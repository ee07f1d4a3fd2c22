package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Gate;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.PeerGate;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tasks that are added one by one, with what was answered at the gate before and what to close. */
public abstract class AddedTasks implements TimedTasks {

  private final List<Task> tasks = new ArrayList<>();
  private final List<GateOutcome> gate = new ArrayList<>();
  private final List<BuiltArm.Resources> opened = new ArrayList<>();
  private final Map<String, Server> onServer = new HashMap<>();

  /** For those of an experiment. */
  protected AddedTasks() {}

  /** The tasks, once all were added; if that throws, what was opened until then is closed. */
  protected static <T extends AddedTasks> T built(T tasks, Consumer<T> adding) {
    try {
      adding.accept(tasks);
      return tasks;
    } catch (RuntimeException e) {
      tasks.close();
      throw e;
    }
  }

  /** Adds one. */
  protected final void add(Task task) {
    tasks.add(task);
  }

  /** Has something closed in the end. */
  protected final void closing(BuiltArm.Resources resources) {
    opened.add(resources);
  }

  /** Says that an arm makes a server work. */
  protected final void asks(String arm, Server server) {
    onServer.put(arm, server);
  }

  /** Notes what was answered; whether it was what it has to be. */
  protected final boolean passes(GateOutcome outcome) {
    gate.add(outcome);
    return outcome.passed();
  }

  /** Asks an arm at its gate, built for that alone. */
  protected final boolean passesGate(Arm arm, MovableClock clock, Wiring wiring) {
    try (BuiltArm built = arm.build().apply(wiring)) {
      return passed(Gate.ask(arm.name(), built.sessions(), clock));
    }
  }

  /** Asks an arm at its gate, under the default policy. */
  protected final boolean passesGate(Arm arm, Timed.Fork fork) {
    MovableClock clock = MovableClock.atPresent();
    SessionPolicy policy = SessionPolicy.defaults();
    return passesGate(
        arm, clock, new Wiring(policy, clock, fork.servers(), prefix(fork, arm.name())));
  }

  /** Asks a peer at its gate. */
  protected final boolean passesGate(PeerArm arm, Timed.Fork fork) {
    return passesGate(arm, fork.servers(), prefix(fork, arm.name()));
  }

  private static String prefix(Timed.Fork fork, String arm) {
    return fork.keyPrefix() + arm + ":gate";
  }

  /** Asks a peer at its gate, opened for that alone. */
  protected final boolean passesGate(PeerArm arm, Servers servers, String keyPrefix) {
    try (Peer peer = arm.open(servers.redis(), keyPrefix)) {
      return passed(PeerGate.ask(arm.name(), peer));
    } catch (RuntimeException | LinkageError e) {
      // Said by the gate that the run began with: there it did not answer either.
      return false;
    }
  }

  private boolean passed(List<GateOutcome> outcomes) {
    gate.addAll(outcomes);
    return outcomes.stream().allMatch(GateOutcome::passed);
  }

  @Override
  public final List<Task> tasks() {
    return List.copyOf(tasks);
  }

  @Override
  public final List<GateOutcome> gate() {
    return List.copyOf(gate);
  }

  /** {@inheritDoc} None, where all carry the same by construction or nobody sees it. */
  @Override
  public Map<String, String> payloads() {
    return Map.of();
  }

  @Override
  public final Map<String, Server> onServer() {
    return Map.copyOf(onServer);
  }

  @Override
  public final void close() {
    opened.forEach(BuiltArm.Resources::close);
  }
}
