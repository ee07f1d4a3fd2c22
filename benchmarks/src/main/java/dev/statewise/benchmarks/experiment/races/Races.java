package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Experiment E29: what becomes of state in races and replays. Each is provoked, in a fixed order of
 * steps. What is seen of an arm of ours is held against its guarantees; of a peer it is told.
 */
public final class Races implements Counted {

  /** The param that says which race it is. */
  public static final String RACE = "race";

  /** The param that says in which order its steps were taken. */
  public static final String ORDER = "order";

  /** The param that says who has the state: {@link #CLIENT} or {@link #SERVER}. */
  public static final String STATE = "state";

  public static final String CLIENT = "client";
  public static final String SERVER = "server";

  /** How often what was old, or had been ended, was accepted. */
  public static final String ACCEPTED = "accepted";

  /** How many changes are gone though nobody was told. */
  public static final String LOST = "lost";

  /** How often a session that was ended was accepted after a save. */
  public static final String CAME_BACK = "cameBack";

  /** How many requests were told that their change is not kept. */
  public static final String TOLD = "told";

  /** How many races there were. */
  public static final String RACES = "races";

  private static final String STOPPED = "it failed in a race: ";

  @Override
  public Duration expected(Tier tier) {
    return Duration.ofSeconds(
        switch (tier) {
          case SMOKE -> 3;
          case QUICK -> 6;
          case STANDARD, FULL -> 20;
        });
  }

  @Override
  public Count measure(Lab lab) {
    List<ArmResult> results = new ArrayList<>();
    List<String> findings = new ArrayList<>();
    int checked = 0;
    for (Arm arm : lab.arms()) {
      if (!lab.cancelled().getAsBoolean()) {
        Optional<String> absence = lab.absence().apply(arm);
        checked += absence.isPresent() ? 0 : 1;
        results.addAll(
            absence
                .map(why -> absent(arm.name(), why))
                .orElseGet(() -> results(arm, lab, findings)));
      }
    }
    for (PeerArm peer : lab.peers()) {
      if (!lab.cancelled().getAsBoolean()) {
        results.addAll(
            lab.peerAbsence()
                .apply(peer)
                .map(why -> absent(peer.name(), why))
                .orElseGet(() -> results(peer, lab)));
      }
    }
    return new Count(results, findings, checked);
  }

  private static List<ArmResult> results(Arm arm, Lab lab, List<String> findings) {
    lab.step().accept("E29 races: " + arm.name());
    try {
      OwnRaces.Seen seen =
          new OwnRaces(arm, lab.servers(), keyPrefix(lab, arm.name()))
              .run(Rounds.of(arm, lab.tier()));
      findings.addAll(seen.findings(arm.name()));
      String state = seen.guarantees().holdsServerState() ? SERVER : CLIENT;
      return RaceResults.of(arm.name(), state, seen.tallies(), "");
    } catch (RuntimeException e) {
      findings.add("%s failed in a race: %s".formatted(arm.name(), e.getMessage()));
      return absent(arm.name(), STOPPED + e.getMessage());
    }
  }

  private static List<ArmResult> results(PeerArm peer, Lab lab) {
    lab.step().accept("E29 races: " + peer.name());
    String state = peer.signsTokens() ? CLIENT : SERVER;
    try {
      Map<Order, Tally> seen =
          new PeerRaces(peer, lab.servers(), keyPrefix(lab, peer.name()))
              .run(Rounds.ofPeer(lab.tier()));
      return RaceResults.of(peer.name(), state, seen, PeerRaces.NO_BOUND);
    } catch (RuntimeException e) {
      return RaceResults.of(peer.name(), state, Map.of(), STOPPED + e.getMessage());
    }
  }

  private static List<ArmResult> absent(String name, String why) {
    return RaceResults.of(name, "", Map.of(), why);
  }

  private static String keyPrefix(Lab lab, String name) {
    return lab.keyPrefix() + "e29:" + name;
  }
}
