package dev.statewise.jdbc;

import dev.statewise.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The floors that a node has heard of, in its own memory. They only rise; one is forgotten when the
 * database need not keep it any more, and never to make room. How long that is the database says,
 * and it is counted on a clock that only goes forward: no clock that can be set has a say.
 */
final class LocalFloors {

  private static final long LONGEST = Long.MAX_VALUE / 4;

  private final LongSupplier ticker;
  private final Map<String, Held> sessions = new ConcurrentHashMap<>();
  // And that of all, by its name. Mostly there are none, and then no subject is hashed.
  private final Map<String, Held> subjects = new ConcurrentHashMap<>();

  /**
   * @param until by the ticker
   */
  private record Held(long floor, long until) {
    Held and(Held other) {
      return new Held(Math.max(floor, other.floor), until - other.until > 0 ? until : other.until);
    }
  }

  LocalFloors(LongSupplier ticker) {
    this.ticker = ticker;
  }

  void raise(String name, long floor, long leftMillis) {
    long left = Math.min(TimeUnit.MILLISECONDS.toNanos(leftMillis), LONGEST);
    floors(name).merge(name, new Held(floor, ticker.getAsLong() + left), Held::and);
  }

  boolean refuses(Session session) {
    Held own = sessions.get(session.key().text());
    if (own != null && session.version() < own.floor()) {
      return true;
    }
    return !subjects.isEmpty()
        && session.createdAt().toEpochMilli()
            < Math.max(created(FloorName.ALL), created(FloorName.of(session.subject())));
  }

  /** Drops what has lasted long enough. */
  void forget() {
    long now = ticker.getAsLong();
    sessions.values().removeIf(held -> held.until() - now < 0);
    subjects.values().removeIf(held -> held.until() - now < 0);
  }

  int size() {
    return sessions.size() + subjects.size();
  }

  private long created(String name) {
    Held held = subjects.get(name);
    return held == null ? 0 : held.floor();
  }

  private Map<String, Held> floors(String name) {
    return FloorName.isSession(name) ? sessions : subjects;
  }
}
