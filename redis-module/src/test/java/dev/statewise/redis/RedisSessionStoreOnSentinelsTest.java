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

/** On the master that sentinels name, through a client of its own; each handle has one. */
class RedisSessionStoreOnSentinelsTest extends SessionStoreTck {

  private static RedisClient asking;

  @BeforeAll
  static void connect() {
    asking = SharedSentinels.patient().open();
  }

  @AfterAll
  static void close() {
    asking.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return RedisSessionStore.connect(SharedSentinels.patient()).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    TcpProxy proxy = SharedSentinels.proxy();
    FakeServer sentinel = SharedSentinels.naming(proxy.port());
    SessionStore store =
        RedisSessionStore.connect(SharedSentinels.patient(sentinel)).withKeyPrefix(namespace);
    RedisSessionStoreTest.warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, sentinel, true));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return new TimeToLive(asking, namespace).ofSession(key);
  }

  /** The races are run in full by {@link RedisSessionStoreTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 100);
  }
}
