package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.SessionPolicy;
import dev.statewise.StatelessSessions;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Refusals of one session each, in a list. */
final class RefusalLoad implements Load {

  private static final int FIRST = 64;

  /** So many are refused one by one, in the end. */
  private static final int LAST = 3;

  private final RevocationList list;
  private final StatelessSessions sessions =
      StatelessSessions.over(TokenKey.HS256.tokens(0), SessionPolicy.defaults());
  private int next;

  private RefusalLoad(RevocationList list) {
    this.list = list;
  }

  /**
   * Of this list on a server that is new: it is told that none was lost, or all would be refused.
   *
   * @param list closed with this
   */
  static RefusalLoad in(RedisRevocationList list) {
    return new RefusalLoad(list.adoptingSessionsSince(Instant.EPOCH));
  }

  /** A list that follows begins to with the first question. */
  @Override
  public void warmUp() {
    if (list.isRefused(session())) {
      throw new IllegalStateException("A session is refused that nobody refused.");
    }
    hold(FIRST);
  }

  @Override
  public int hold(int count) {
    for (int i = 0; i < count - LAST; i++) {
      refuse();
    }
    // What follows the list holds what it read, all of it, until it has read again.
    for (int i = 0; i < LAST; i++) {
      settle();
      refuse();
    }
    settle();
    return count;
  }

  private void refuse() {
    Session session = session();
    list.refuseBelow(session.key(), session.version() + 1, session.absoluteEnd());
    if (!list.isRefused(session)) {
      throw new IllegalStateException("A session is accepted that was refused.");
    }
  }

  /** Until all that was refused has been read. */
  private void settle() {
    LockSupport.parkNanos(list.traits().staleness().toNanos());
  }

  private Session session() {
    return sessions.open("user-%05d".formatted(next++), Map.of()).grantOrThrow().session();
  }

  @Override
  public void close() {
    list.close();
    settle();
  }
}
