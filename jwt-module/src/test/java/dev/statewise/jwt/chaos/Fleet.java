package dev.statewise.jwt.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Three nodes whose clocks are apart, and the keys that they are started with. */
final class Fleet implements AutoCloseable {

  static final int NODES = 3;

  /** How far the clock of any of them is from that of the fleet. */
  static final Duration SKEW = Way.POLICY.clockSkew().dividedBy(2);

  private record Keys(String old, String next) {}

  private final List<RemoteNode> nodes = new CopyOnWriteArrayList<>();
  private final Map<Lane, Keys> keys = new EnumMap<>(Lane.class);
  private int rotation;
  private final AtomicLong offset = new AtomicLong();

  private Fleet() {
    for (Lane lane : Lane.values()) {
      keys.put(lane, new Keys(lane.newKey(), lane.newKey()));
    }
  }

  /** A fleet whose nodes know one key for each lane. */
  static Fleet start() {
    Fleet fleet = new Fleet();
    for (int slot = 0; slot < NODES; slot++) {
      fleet.nodes.add(fleet.started(slot, Step.OLD));
    }
    return fleet;
  }

  /** What was the next key is the old one; there is another next. The nodes do not know it yet. */
  void beginRotation() {
    rotation++;
    keys.replaceAll((lane, both) -> new Keys(both.next(), lane.newKey()));
  }

  String oldKid() {
    return "k" + rotation;
  }

  String nextKid() {
    return "k" + (rotation + 1);
  }

  RemoteNode node(int slot) {
    return nodes.get(slot);
  }

  /** Starts a node anew at {@code step}; the one before is gone when its successor serves. */
  void restart(int slot, Step step) {
    RemoteNode fresh = started(slot, step);
    nodes.set(slot, fresh).close();
  }

  Instant now() {
    return Instant.now().plusMillis(offset.get());
  }

  /** Lets time pass on every node. Nobody may be asking one meanwhile. */
  void pass(Duration time) {
    long moved = offset.addAndGet(time.toMillis());
    nodes.forEach(node -> node.setClock(moved));
  }

  @Override
  public void close() {
    nodes.forEach(RemoteNode::close);
  }

  private RemoteNode started(int slot, Step step) {
    List<String> lines =
        keys.values().stream()
            .map(both -> String.join(" ", oldKid(), both.old(), nextKid(), both.next()))
            .toList();
    return RemoteNode.start(step, SKEW.toMillis() * (slot - 1), offset.get(), lines);
  }
}
