package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.peer.Peer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A peer in this process that saves all that it holds, whatever became of it meanwhile. */
final class WholeSavingPeer implements Peer {

  private final Map<String, Map<String, String>> sessions = new HashMap<>();
  private int opened;

  static PeerArm arm() {
    return new PeerArm(
        "peer-whole",
        "a map",
        false,
        false,
        Optional.empty(),
        (server, keyPrefix) -> new WholeSavingPeer());
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    String id = "session-" + opened++;
    sessions.put(id, Map.copyOf(attributes));
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
    return sessions.containsKey(id);
  }

  @Override
  public Optional<Held> hold(String id) {
    return attributes(id).map(found -> new Whole(id, new HashMap<>(found)));
  }

  private final class Whole implements Held {
    private final String id;
    private final Map<String, String> attributes;

    Whole(String id, Map<String, String> attributes) {
      this.id = id;
      this.attributes = attributes;
    }

    @Override
    public void set(String name, String value) {
      attributes.put(name, value);
    }

    @Override
    public String finish() {
      sessions.put(id, attributes);
      return id;
    }
  }

  @Override
  public Optional<String> rotate(String id) {
    return Optional.empty();
  }

  @Override
  public boolean end(String id) {
    sessions.remove(id);
    return true;
  }

  @Override
  public String expired(String id) {
    sessions.remove(id);
    return id;
  }

  @Override
  public void close() {
    sessions.clear();
  }
}
