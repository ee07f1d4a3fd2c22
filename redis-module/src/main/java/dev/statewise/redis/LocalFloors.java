package dev.statewise.redis;

import dev.statewise.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The floors that a node has heard of, in its own memory. They only rise; one is forgotten when it
 * has lasted to its until and {@link RedisSessionStore#MARGIN} longer, by the node's clock, and
 * never to make room.
 */
final class LocalFloors {

  private static final long MARGIN = RedisSessionStore.MARGIN.toMillis();

  private final Map<String, Held> sessions = new ConcurrentHashMap<>();
  // And that of all, by its name. Mostly there are none, and then no subject is hashed.
  private final Map<String, Held> subjects = new ConcurrentHashMap<>();

  /**
   * @param until the latest that it was given, in milliseconds
   */
  private record Held(long floor, long until) {
    Held and(Held other) {
      return new Held(Math.max(floor, other.floor), Math.max(until, other.until));
    }
  }

  void raise(String name, long floor, long until) {
    floors(name).merge(name, new Held(floor, until), Held::and);
  }

  void raise(LogPage.Entry entry) {
    raise(entry.name(), entry.floor(), entry.until());
  }

  boolean refuses(Session session) {
    Held own = sessions.get(session.key().text());
    if (own != null && session.version() < own.floor()) {
      return true;
    }
    return session.createdAt().toEpochMilli() < createdFloor(session.subject());
  }

  /**
   * From when on sessions of a subject must be created, in milliseconds; 0 if there is no floor.
   */
  long createdFloor(String subject) {
    return subjects.isEmpty()
        ? Floor.NONE
        : Math.max(floor(FloorName.ALL), floor(KeySpace.hash(subject)));
  }

  /** Drops what has lasted long enough at {@code now}, in milliseconds. */
  void forget(long now) {
    sessions.values().removeIf(held -> isOver(held, now));
    subjects.values().removeIf(held -> isOver(held, now));
  }

  int size() {
    return sessions.size() + subjects.size();
  }

  private static boolean isOver(Held held, long now) {
    return held.until() < now - MARGIN;
  }

  private long floor(String name) {
    Held held = subjects.get(name);
    return held == null ? Floor.NONE : held.floor();
  }

  private Map<String, Held> floors(String name) {
    return FloorName.isSession(name) ? sessions : subjects;
  }
}
