package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that is weighed.
 *
 * @param arm whose it is
 */
record Weighed(String arm, Kept kept, SessionState state) {

  /** The param that says what is weighed. */
  static final String KEPT = "kept";

  /** The param that says what state a session carries. */
  static final String PROFILE = "profile";

  /** The name of what the scale is checked by. */
  static final String CONTROL = "control";

  private static final String SEPARATOR = "/";

  /** What of these arms and peers lies on a JVM's heap, the control first. */
  static List<Weighed> onHeap(List<Arm> arms, List<PeerArm> peers) {
    List<Weighed> weighed = new ArrayList<>();
    weighed.add(new Weighed(CONTROL, Kept.KNOWN, SessionState.TYP));
    for (SessionState state : SessionState.values()) {
      if (arms.stream().anyMatch(arm -> arm.name().equals("memory"))) {
        weighed.add(new Weighed("memory", Kept.SESSION, state));
        weighed.add(new Weighed("memory", Kept.LISTED, state));
      }
      peers.stream()
          .filter(peer -> !peer.signsTokens() && !peer.needsServer())
          .forEach(peer -> weighed.add(new Weighed(peer.name(), Kept.SESSION, state)));
    }
    for (Arm arm : arms) {
      switch (arm.name()) {
        case "redis-near" -> weighed.add(new Weighed(arm.name(), Kept.COPY, SessionState.TYP));
        case "jwt-hs256" -> weighed.add(new Weighed(arm.name(), Kept.TOKEN, SessionState.TYP));
        case "hybrid-local" -> weighed.add(new Weighed(arm.name(), Kept.REFUSAL, SessionState.TYP));
        default -> {}
      }
    }
    return weighed;
  }

  /** What of these arms and peers lies in Redis. */
  static List<Weighed> inRedis(List<Arm> arms, List<PeerArm> peers) {
    List<Weighed> weighed = new ArrayList<>();
    for (SessionState state : SessionState.values()) {
      if (arms.stream().anyMatch(arm -> arm.name().equals("redis"))) {
        weighed.add(new Weighed("redis", Kept.SESSION, state));
        weighed.add(new Weighed("redis", Kept.LISTED, state));
      }
      peers.stream()
          .filter(peer -> !peer.signsTokens() && peer.needsServer())
          // The bytes on the server are no matter of who sends them.
          .filter(peer -> !peer.name().contains("lettuce"))
          .forEach(peer -> weighed.add(new Weighed(peer.name(), Kept.SESSION, state)));
    }
    arms.stream()
        .filter(arm -> arm.name().equals("hybrid"))
        .forEach(arm -> weighed.add(new Weighed(arm.name(), Kept.REFUSAL, SessionState.TYP)));
    return weighed;
  }

  /** The one of which {@link #toString} is {@code text}. */
  static Weighed parse(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    return new Weighed(
        parts[0], Kept.named(parts[1]).orElseThrow(), SessionState.named(parts[2]).orElseThrow());
  }

  /** The params of its results. */
  Map<String, String> params(int count) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(KEPT, kept.toString());
    if (kept != Kept.REFUSAL && kept != Kept.KNOWN) {
      params.put(PROFILE, state.toString());
    }
    params.put("held", String.valueOf(count));
    return params;
  }

  @Override
  public String toString() {
    return String.join(SEPARATOR, arm, kept.toString(), state.toString());
  }
}
