package dev.statewise.redis;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** On a cluster, through a client of its own; each handle has one. */
class RedisSessionStoreOnClusterTest extends SessionStoreTck {

  private static RedisClient asking;

  @BeforeAll
  static void connect() {
    asking = SharedCluster.patient().open();
  }

  @AfterAll
  static void close() {
    asking.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return RedisSessionStore.connect(SharedCluster.patient()).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    SessionStore store = open(namespace);
    SharedCluster.onEachMaster(session -> RedisSessionStoreTest.warmUp(store, session));
    return Optional.of(SharedCluster.losing(SessionStore.class, store, store));
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
