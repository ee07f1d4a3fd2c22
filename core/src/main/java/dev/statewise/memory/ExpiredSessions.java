package dev.statewise.memory;

import dev.statewise.session.SessionKey;
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
  private static final long PAUSE_MILLIS = 1000;

  private final ConcurrentMap<SessionKey, Kept> sessions;
  private final MemorySubjectIndex index;
  private final ReentrantLock turn = new ReentrantLock();
  private Iterator<Kept> round = Collections.emptyIterator();
  private long lastFullRoundMillis = Long.MIN_VALUE / 2;

  ExpiredSessions(ConcurrentMap<SessionKey, Kept> sessions, MemorySubjectIndex index) {
    this.sessions = sessions;
    this.index = index;
  }

  /** Looks at the next few sessions, round and round. */
  void removeSome(long nowMillis) {
    if (!turn.tryLock()) {
      return;
    }
    try {
      for (int i = 0; i < A_FEW && hasNext(); i++) {
        removeIfExpired(round.next(), nowMillis);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Looks at all of them, but not twice within a second: a full store must not be slow as well. */
  void removeAll(long nowMillis) {
    turn.lock();
    try {
      long since = nowMillis - lastFullRoundMillis;
      // A clock that was set back must not make the pause longer.
      if (since >= 0 && since < PAUSE_MILLIS) {
        return;
      }
      lastFullRoundMillis = nowMillis;
      sessions.values().forEach(kept -> removeIfExpired(kept, nowMillis));
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

  private void removeIfExpired(Kept kept, long nowMillis) {
    if (kept.isWorthlessAt(nowMillis)) {
      index.removeUnchanged(kept);
    }
  }
}
