package dev.statewise.memory;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes sessions that have expired: a few at a time in passing, and all of them when room is
 * needed. A thread that finds another at it goes on without.
 */
final class ExpiredSessions {

  private static final int A_FEW = 8;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ConcurrentMap<SessionKey, Session> sessions;
  private final MemorySubjectIndex index;
  private final ReentrantLock turn = new ReentrantLock();
  private Iterator<Session> round = Collections.emptyIterator();
  private Instant nextFullRound = Instant.MIN;

  ExpiredSessions(ConcurrentMap<SessionKey, Session> sessions, MemorySubjectIndex index) {
    this.sessions = sessions;
    this.index = index;
  }

  /** Looks at the next few sessions, round and round. */
  void removeSome(Instant now) {
    if (!turn.tryLock()) {
      return;
    }
    try {
      for (int i = 0; i < A_FEW && hasNext(); i++) {
        removeIfExpired(round.next(), now);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Looks at all of them, but not twice within a second: a full store must not be slow as well. */
  void removeAll(Instant now) {
    turn.lock();
    try {
      if (now.isBefore(nextFullRound)) {
        return;
      }
      nextFullRound = now.plus(PAUSE);
      sessions.values().forEach(session -> removeIfExpired(session, now));
    } finally {
      turn.unlock();
    }
  }

  private boolean hasNext() {
    if (!round.hasNext()) {
      round = sessions.values().iterator();
    }
    return round.hasNext();
  }

  private void removeIfExpired(Session session, Instant now) {
    if (session.isExpiredAt(now)) {
      index.removeUnchanged(session);
    }
  }
}
