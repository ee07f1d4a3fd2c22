package dev.statewise.memory;

import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;

/**
 * A session and how long it is worth keeping.
 *
 * <p>The time to live is taken from the session alone and counted on the store's own clock, so that
 * a front door whose clock is skewed, or moved by hand, never loses a live session. It is
 * housekeeping: whether the session is alive is not judged here. Two of these are equal only if
 * they are the same one, which is what a compare-and-set compares.
 */
final class Kept {

  private final Session session;
  private final long untilMillis;

  private Kept(Session session, long untilMillis) {
    this.session = session;
    this.untilMillis = untilMillis;
  }

  static Kept since(long nowMillis, Session session) {
    long rest = Duration.between(session.lastSeen(), session.end()).toMillis();
    return new Kept(session.packed(), nowMillis + Math.max(0, rest));
  }

  Session session() {
    return session;
  }

  boolean isWorthlessAt(long nowMillis) {
    return nowMillis >= untilMillis;
  }

  /** This itself if the session was seen at {@code instant} or later. */
  Kept seenAtLeastAt(Instant instant, long nowMillis) {
    return instant.isAfter(session.lastSeen())
        ? since(nowMillis, seenAtLeastAt(instant, session))
        : this;
  }

  /** The session with the later of its {@code lastSeen} and {@code instant}. */
  static Session seenAtLeastAt(Instant instant, Session session) {
    return instant.isAfter(session.lastSeen()) ? session.seenAt(instant) : session;
  }
}
