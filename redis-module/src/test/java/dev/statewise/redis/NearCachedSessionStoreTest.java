package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** With copies that are served for so long that only an invalidation can end them. */
class NearCachedSessionStoreTest extends SessionStoreTck {

  /** At the kit's own now, so that its sessions are alive and are copied. */
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  private static RedisClient client;

  @BeforeAll
  static void connect() {
    client = SharedRedis.patient().open();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return near(client, namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    TcpProxy proxy = SharedRedis.proxy();
    RedisClient behind = SharedRedis.patient(proxy).open();
    SessionStore store = near(behind, namespace);
    RedisSessionStoreTest.warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, behind, false));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return new TimeToLive(client, namespace).ofSession(key);
  }

  static NearCachedSessionStore near(RedisClient client, String namespace) {
    RedisSessionStore store = RedisSessionStore.over(client).withKeyPrefix(namespace);
    return Near.serving(
        NearCachedSessionStore.over(store, SharedRedis.patient())
            .withStaleness(Duration.ofMinutes(1))
            .withClock(CLOCK)
            .withTicker(() -> 0));
  }
}
