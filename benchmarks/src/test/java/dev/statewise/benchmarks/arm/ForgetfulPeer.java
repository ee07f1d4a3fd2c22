package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.Peer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A peer in this process that leaves something out. */
public final class ForgetfulPeer implements Peer {

  /** What is left out. */
  public enum Forgets {
    NOTHING,
    TO_END,
    /** And says so, as a token alone does. */
    THAT_IT_MUST_END,
    TO_EXPIRE,
    THE_STATE
  }

  private final Forgets forgets;
  private final Map<String, Map<String, String>> sessions = new HashMap<>();

  ForgetfulPeer(Forgets forgets) {
    this.forgets = forgets;
  }

  /** One by the name {@code peer-forgetful}. */
  public static PeerArm arm(Forgets forgets) {
    return new PeerArm(
        "peer-forgetful",
        "a map",
        false,
        true,
        Optional.empty(),
        (server, keyPrefix) -> new ForgetfulPeer(forgets));
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    String id = "session-" + sessions.size();
    sessions.put(id, forgets == Forgets.THE_STATE ? Map.of() : Map.copyOf(attributes));
    return id;
  }

  @Override
  public int request(String id) {
    return sessions.containsKey(id) ? 1 : -1;
  }

  @Override
  public Optional<Map<String, String>> attributes(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  @Override
  public boolean change(String id, String name, String value) {
    return hold(id).isPresent();
  }

  /** {@inheritDoc} It forgets each change. */
  @Override
  public Optional<Held> hold(String id) {
    return sessions.containsKey(id) ? Optional.of(new HeldId(id)) : Optional.empty();
  }

  private record HeldId(String id) implements Held {
    @Override
    public void set(String name, String value) {}

    @Override
    public String finish() {
      return id;
    }
  }

  @Override
  public Optional<String> rotate(String id) {
    return Optional.empty();
  }

  @Override
  public boolean end(String id) {
    if (forgets != Forgets.TO_END && forgets != Forgets.THAT_IT_MUST_END) {
      sessions.remove(id);
    }
    return forgets != Forgets.THAT_IT_MUST_END;
  }

  @Override
  public String expired(String id) {
    if (forgets != Forgets.TO_EXPIRE) {
      sessions.remove(id);
    }
    return id;
  }

  @Override
  public void close() {
    sessions.clear();
  }
}
