package dev.statewise.memory;

import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Max-registers by name, each kept at least until an instant. */
final class Floors<K> {

  /** The value of a register that was never raised. */
  static final long NONE = Long.MIN_VALUE;

  private static final int A_FEW = 8;

  private record Floor(long value, Instant until) {}

  private final ConcurrentMap<K, Floor> floors = new ConcurrentHashMap<>();
  private final ReentrantLock turn = new ReentrantLock();
  private Iterator<Map.Entry<K, Floor>> round = Collections.emptyIterator();

  /**
   * Raises the floor of {@code key} to {@code value}, if it is lower, and keeps it until the later
   * of both instants.
   *
   * @return whether this call raised it
   */
  boolean raise(K key, long value, Instant until) {
    boolean[] raised = new boolean[1];
    floors.compute(
        key,
        (same, floor) -> {
          raised[0] = floor == null || floor.value() < value;
          return floor == null ? new Floor(value, until) : higher(floor, value, until);
        });
    return raised[0];
  }

  /** The floor of {@code key}, or {@link #NONE}. */
  long of(K key) {
    Floor floor = floors.get(key);
    return floor == null ? NONE : floor.value();
  }

  /** Looks at the next few floors, round and round, and drops those that have served their time. */
  void dropSome(Instant now) {
    if (!turn.tryLock()) {
      return;
    }
    try {
      for (int i = 0; i < A_FEW && hasNext(); i++) {
        drop(round.next(), now);
      }
    } finally {
      turn.unlock();
    }
  }

  int size() {
    return floors.size();
  }

  private boolean hasNext() {
    if (!round.hasNext()) {
      round = floors.entrySet().iterator();
    }
    return round.hasNext();
  }

  private void drop(Map.Entry<K, Floor> entry, Instant now) {
    if (!now.isBefore(entry.getValue().until())) {
      floors.remove(entry.getKey(), entry.getValue());
    }
  }

  private static Floor higher(Floor floor, long value, Instant until) {
    return new Floor(
        Math.max(floor.value(), value), until.isAfter(floor.until()) ? until : floor.until());
  }
}
