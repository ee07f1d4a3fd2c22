package dev.statewise.redis;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClusterClient;

/** On a cluster, through a client that is handed in, which sends again by itself. */
class RedisSessionStoreOnJedisClusterTest extends SessionStoreTck {

  private static RedisClusterClient client;

  @BeforeAll
  static void connect() {
    client = SharedCluster.jedis();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return RedisSessionStore.over(client).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    RedisClusterClient lossy = SharedCluster.jedis();
    SessionStore store = RedisSessionStore.over(lossy).withKeyPrefix(namespace);
    SharedCluster.onEachMaster(session -> RedisSessionStoreTest.warmUp(store, session));
    return Optional.of(SharedCluster.losing(SessionStore.class, store, lossy));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return new TimeToLive(client, namespace).ofSession(key);
  }

  /** The races are run in full by {@link RedisSessionStoreTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 100);
  }
}
