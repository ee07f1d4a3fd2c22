package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Gate;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.PeerGate;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.ArrayList;
import java.util.List;

/** Asks at the gate, in the JVM that times, and keeps what was answered. */
final class AskedAtGate {

  private final List<GateOutcome> outcomes = new ArrayList<>();
  private final Servers servers;
  private final String keyPrefix;

  AskedAtGate(Servers servers, String keyPrefix) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
  }

  List<GateOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  boolean passes(Arm arm) {
    MovableClock clock = MovableClock.atPresent();
    Wiring gated = new Wiring(SessionPolicy.defaults(), clock, servers, prefix(arm.name()));
    try (BuiltArm built = arm.build().apply(gated)) {
      return passed(Gate.ask(arm.name(), built.sessions(), clock));
    }
  }

  boolean passes(PeerArm arm) {
    try (Peer peer = arm.open(servers.redis(), prefix(arm.name()))) {
      return passed(PeerGate.ask(arm.name(), peer));
    } catch (RuntimeException e) {
      // Said by the gate that the run began with: there it did not answer either.
      return false;
    }
  }

  private boolean passed(List<GateOutcome> asked) {
    outcomes.addAll(asked);
    return asked.stream().allMatch(GateOutcome::passed);
  }

  private String prefix(String arm) {
    return keyPrefix + arm + ":gate";
  }
}
