package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.redis.NearCachedSessionStore;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.SessionKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Copies of sessions in Redis, in a near cache with room for just so many. */
final class NearLoad implements Load {

  private static final int FIRST = 64;
  private static final int MOST_TRIES = 200;
  private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(10);

  private final RedisSessionStore source;
  private final NearCachedSessionStore near;
  private final String[] keys;

  /**
   * Opens the sessions, of which nothing is copied yet.
   *
   * @param source closed with this
   * @param count how many are to be held
   */
  NearLoad(RedisSessionStore source, SessionState state, int count) {
    this.source = source;
    this.near = NearCachedSessionStore.over(source).withMaxEntries(count + FIRST);
    this.keys = new String[count + FIRST];
    StatefulSessions sessions = StatefulSessions.over(source, SessionPolicy.defaults());
    for (int i = 0; i < keys.length; i++) {
      keys[i] =
          sessions
              .open("user-%05d".formatted(i), state.attributes())
              .grantOrThrow()
              .session()
              .key()
              .text();
    }
  }

  /** Until it hears of changes, and so copies. */
  @Override
  public void warmUp() {
    for (int tries = 0; !near.servesCopies(); tries++) {
      find(0);
      if (tries == MOST_TRIES) {
        throw new IllegalStateException("The near cache does not hear of changes.");
      }
      LockSupport.parkNanos(BETWEEN_TRIES);
    }
    for (int i = 0; i < FIRST; i++) {
      find(i);
    }
  }

  @Override
  public int hold(int count) {
    for (int i = FIRST; i < FIRST + count; i++) {
      find(i);
    }
    return count;
  }

  /** By a key of its own text, as one out of a credential is. */
  private void find(int at) {
    if (near.find(new SessionKey(String.valueOf(keys[at].toCharArray()))).isEmpty()) {
      throw new IllegalStateException("A session is gone that was just opened.");
    }
  }

  @Override
  public void close() {
    near.close();
    source.close();
  }
}
