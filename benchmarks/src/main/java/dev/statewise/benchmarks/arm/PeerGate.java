package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.List;
import java.util.Map;

/**
 * What a peer must answer before it is timed: the questions of {@link Gate} as far as they need no
 * guarantees. A peer that fails is not measured; it says nothing about the run.
 */
public final class PeerGate {

  private static final Map<String, String> STATE = Profile.TYP.attributes();
  private static final String ENDED = "refuses ended at once";
  private static final String FOUND = "Found";
  private static final String NOT_FOUND = "Not found";

  private final String name;
  private final Peer peer;

  private PeerGate(String name, Peer peer) {
    this.name = name;
    this.peer = peer;
  }

  /** One outcome a question, in the order of {@link Gate}'s. */
  public static List<GateOutcome> ask(String name, Peer peer) {
    PeerGate gate = new PeerGate(name, peer);
    return List.of(
        gate.acceptsValid(), gate.refusesTampered(), gate.refusesExpired(), gate.refusesEnded());
  }

  private GateOutcome acceptsValid() {
    String id = open();
    boolean found = peer.request(id) >= 0;
    boolean same = peer.attributes(id).filter(STATE::equals).isPresent();
    return new GateOutcome(
        name,
        "accepts valid",
        found && same,
        "Found, with the state it was opened with",
        found && !same ? FOUND + ", with other state" : seen(found));
  }

  private GateOutcome refusesTampered() {
    String genuine = open();
    return refusal("refuses tampered", Gate.changed(genuine, genuine.length() / 2));
  }

  private GateOutcome refusesExpired() {
    String id = open();
    peer.request(id);
    return refusal("refuses expired", peer.expired(id));
  }

  private GateOutcome refusesEnded() {
    String id = open();
    peer.request(id);
    return peer.end(id) ? refusal(ENDED, id) : admission(id);
  }

  /** What keeps nothing of a session cannot end one, and is no worse than it says. */
  private GateOutcome admission(String id) {
    boolean found = peer.request(id) >= 0;
    return new GateOutcome(
        name,
        ENDED,
        true,
        "Not found, or that nothing is kept",
        found ? FOUND + ", for nothing is kept" : NOT_FOUND);
  }

  private GateOutcome refusal(String question, String id) {
    boolean found = peer.request(id) >= 0;
    return new GateOutcome(name, question, !found, NOT_FOUND, seen(found));
  }

  private String open() {
    return peer.open(Profile.SUBJECT, STATE);
  }

  private static String seen(boolean found) {
    return found ? FOUND : NOT_FOUND;
  }
}
