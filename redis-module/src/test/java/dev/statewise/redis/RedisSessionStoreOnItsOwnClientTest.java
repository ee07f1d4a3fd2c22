package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** On a client of its own, which sends again what it lost; each handle has one. */
class RedisSessionStoreOnItsOwnClientTest extends SessionStoreTck {

  private static RedisClient asking;

  @BeforeAll
  static void connect() {
    asking = SharedRedis.patient().open();
  }

  @AfterAll
  static void close() {
    asking.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    TcpProxy proxy = SharedRedis.proxy();
    SessionStore store =
        RedisSessionStore.connect(SharedRedis.patient(proxy)).withKeyPrefix(namespace);
    RedisSessionStoreTest.warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, store, true));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return new TimeToLive(asking, namespace).ofSession(key);
  }

  /** The races are run in full by {@link RedisSessionStoreTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 200);
  }
}
