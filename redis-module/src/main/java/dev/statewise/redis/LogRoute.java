package dev.statewise.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Which server has the log. Sentinels may name another one while the one that was master still
 * answers as such, cut off from them; so they are asked again, and a read proves nothing about what
 * came after they were last asked.
 */
final class LogRoute {

  private final RedisConnection connection;
  private final ListSettings settings;
  private final long askEvery;
  private @Nullable HostAndPort node;
  private long askedAt;

  LogRoute(RedisConnection connection, ListSettings settings, Duration staleness) {
    this.connection = connection;
    this.settings = settings;
    this.askEvery = staleness.dividedBy(2).toNanos();
  }

  /** Where to dial. */
  HostAndPort find() {
    askedAt = settings.ticker().getAsLong();
    HostAndPort found = connection.masterOf(settings.keys().log());
    node = found;
    return found;
  }

  boolean isStillRight() {
    if (!canMove() || settings.ticker().getAsLong() - askedAt < askEvery) {
      return true;
    }
    HostAndPort before = node;
    return find().equals(before);
  }

  /** The earlier of a tick and, where it counts, the last asking. */
  long earlier(long tick) {
    return canMove() ? tick - Math.max(tick - askedAt, 0) : tick;
  }

  private boolean canMove() {
    return connection.kind() == RedisConnection.Kind.SENTINELS;
  }
}
