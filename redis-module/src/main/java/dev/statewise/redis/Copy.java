package dev.statewise.redis;

import dev.statewise.session.Session;
import java.time.Instant;
import java.util.Optional;

/** A session as it was once read. */
final class Copy {

  // Made once, so that handing the session out makes nothing.
  private final Optional<Session> found;
  private final Session session;
  private final long sent;
  private final long end;

  /**
   * @param sent the tick at which the read was sent: the session was so at that tick or later
   */
  Copy(Session session, long sent) {
    this.session = session;
    this.sent = sent;
    found = Optional.of(session);
    end = session.end().toEpochMilli();
  }

  /** The session, never empty. */
  Optional<Session> found() {
    return found;
  }

  long sent() {
    return sent;
  }

  long version() {
    return session.version();
  }

  String subject() {
    return session.subject();
  }

  /** How many ticks ago the read was sent. */
  long age(long tick) {
    return tick - sent;
  }

  /** Whether the session has ended, as far as the copy knows. Another node may have touched it. */
  boolean isPastEnd(long millis) {
    return millis >= end;
  }

  /** The same, seen at the later of two instants; and no younger. */
  Copy seenAtLeastAt(Instant lastSeen) {
    Session seen = session.seenAt(lastSeen);
    return seen.lastSeen().isAfter(session.lastSeen()) ? new Copy(seen, sent) : this;
  }
}
