package dev.statewise.memory;

import dev.statewise.session.Session;
import java.time.Instant;

/** Moves {@code lastSeen} to the later of two instants, and nothing else. */
final class Seen {

  private Seen() {}

  /** {@code session} itself if it was seen at {@code instant} or later. */
  static Session atLeastAt(Session session, Instant instant) {
    if (!instant.isAfter(session.lastSeen())) {
      return session;
    }
    return Session.restore(
        session.key(),
        session.subject(),
        session.secretHash(),
        session.version(),
        session.createdAt(),
        instant,
        session.idleTimeout(),
        session.absoluteEnd(),
        session.attributes());
  }
}
