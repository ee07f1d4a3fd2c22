package dev.statewise.benchmarks;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Gate;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.NodesGate;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.PeerGate;
import dev.statewise.benchmarks.arm.Peers;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Asks every arm and peer at its gate, and says who is not measured and why. */
final class AtTheGate {

  private static final String FAILED = "failed the gate, so it was not measured";

  private final List<Arm> arms;
  private final List<PeerArm> peers;
  private final Servers servers;
  private final Map<Server, String> whyMissing;
  private final String keyPrefix;
  private final boolean timesReadable;
  private final BooleanSupplier interrupted;
  private final List<GateOutcome> outcomes = new CopyOnWriteArrayList<>();
  private final List<Strategy> strategies = new ArrayList<>();

  AtTheGate(Scope scope, BooleanSupplier interrupted) {
    this.arms = scope.asks(Question.E0) ? scope.timedArms() : scope.arms();
    this.peers = scope.asksPeers() ? scope.peers() : List.of();
    this.servers = scope.servers();
    this.keyPrefix = scope.keyPrefix() + "gate:";
    this.whyMissing = scope.whyMissing();
    this.timesReadable = scope.tier().timesReadable();
    this.interrupted = interrupted;
  }

  /** All of them; arms and peers side by side where no time is to be read. */
  void ask(Progress progress) {
    List<Runnable> all = List.of(() -> askArms(progress), () -> askPeers(progress));
    if (timesReadable) {
      all.forEach(Runnable::run);
    } else {
      TwoAtATime.run(all);
    }
  }

  private void askArms(Progress progress) {
    for (Arm arm : arms) {
      if (absence(arm).isEmpty() && !interrupted.getAsBoolean()) {
        progress.step("gate: " + arm.name());
        ask(arm);
      }
    }
  }

  private void askPeers(Progress progress) {
    for (PeerArm peer : peers) {
      if (absence(peer).isEmpty() && !interrupted.getAsBoolean()) {
        progress.step("gate: " + peer.name());
        ask(peer);
      }
    }
  }

  /** What the JVMs that timed them were answered by theirs. Called by any thread. */
  void add(List<GateOutcome> more) {
    outcomes.addAll(more);
  }

  List<GateOutcome> outcomes() {
    return outcomes.stream().distinct().toList();
  }

  /** What the arms guarantee. */
  List<Strategy> strategies() {
    return List.copyOf(strategies);
  }

  /** Why an arm is not measured, if it is not. */
  Optional<String> absence(Arm arm) {
    return arm.needs()
        .filter(server -> !servers.have(server))
        .map(this::missing)
        .or(() -> failed(arm.name()));
  }

  /** Why a peer is not measured, if it is not. */
  Optional<String> absence(PeerArm peer) {
    return peer.absence(servers.redis()).or(() -> failed(peer.name()));
  }

  /** Who was left out, a sentence each; an arm that failed is said of by the invariants. */
  List<String> leftOut() {
    List<String> sentences = new ArrayList<>();
    arms.stream().filter(arm -> !arm.canRun(servers)).forEach(arm -> sentences.add(leftOut(arm)));
    for (PeerArm peer : peers) {
      absence(peer)
          .ifPresent(
              why ->
                  sentences.add("%s was left out: %s.".formatted(peer.name(), why + seen(peer))));
    }
    return sentences;
  }

  private String leftOut(Arm arm) {
    return "%s was left out: %s."
        .formatted(arm.name(), arm.needs().map(this::missing).orElse("it cannot run"));
  }

  private String missing(Server server) {
    return Optional.ofNullable(whyMissing.get(server))
        .map(why -> "%s could not be started (%s)".formatted(server.label(), why))
        .orElseGet(() -> "no %s to ask".formatted(server.label()));
  }

  private String seen(PeerArm peer) {
    return outcomes.stream()
        .filter(outcome -> outcome.arm().equals(peer.name()) && !outcome.passed())
        .findFirst()
        .map(outcome -> " (%s: %s)".formatted(outcome.question(), outcome.seen()))
        .orElse("");
  }

  private void ask(Arm arm) {
    MovableClock clock = MovableClock.atPresent();
    Wiring wiring = new Wiring(SessionPolicy.defaults(), clock, servers, keyPrefix + arm.name());
    try (BuiltArm built = arm.build().apply(wiring)) {
      if (!arm.isVariant()) {
        strategies.add(Strategy.of(arm.name(), built.sessions().guarantees()));
      }
      outcomes.addAll(Gate.ask(arm.name(), built.sessions(), clock));
      if (!arm.isVariant()) {
        NodesGate.ask(arm, wiring).ifPresent(outcomes::add);
      }
    } catch (RuntimeException e) {
      unanswered(arm.name(), e);
    }
  }

  private void ask(PeerArm arm) {
    try (Peer peer = arm.open(servers.redis(), keyPrefix + arm.name())) {
      outcomes.addAll(PeerGate.ask(arm.name(), peer));
    } catch (RuntimeException e) {
      unanswered(arm.name(), e);
    } catch (LinkageError e) {
      unanswered(arm.name(), Peers.whyNot(e));
    }
  }

  private void unanswered(String name, RuntimeException e) {
    unanswered(name, e.getClass().getSimpleName());
  }

  private void unanswered(String name, String seen) {
    if (!interrupted.getAsBoolean()) {
      outcomes.add(new GateOutcome(name, "answers at all", false, "an answer", seen));
    }
  }

  private Optional<String> failed(String name) {
    boolean failed =
        outcomes.stream().anyMatch(outcome -> outcome.arm().equals(name) && !outcome.passed());
    return failed ? Optional.of(FAILED) : Optional.empty();
  }
}
