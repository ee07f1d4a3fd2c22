package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;

/** For how long a server will still keep what the kits ask for, as it says. */
final class TimeToLive {

  private static final long NO_KEY = -2;
  private static final long NO_END = -1;

  private final UnifiedJedis client;
  private final KeySpace keys;

  TimeToLive(UnifiedJedis client, String prefix) {
    this.client = client;
    this.keys = new KeySpace(prefix);
  }

  Optional<Duration> ofSession(SessionKey key) {
    return Optional.of(of(keys.session(key)));
  }

  Optional<Duration> ofFloors(Session session) {
    return Optional.of(
        longest(
            of(keys.sessionFloor(session.key())),
            longest(of(keys.subjectFloor(session.subject())), of(keys.floorOfAll()))));
  }

  private Duration of(byte[] key) {
    long millis = client.pttl(key);
    if (millis == NO_END) {
      return ChronoUnit.FOREVER.getDuration();
    }
    return millis == NO_KEY ? Duration.ZERO : Duration.ofMillis(millis);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
