package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** On a client that is handed in, which sends nothing again. */
class RedisSessionStoreTest extends SessionStoreTck {

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
    return RedisSessionStore.over(client).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    TcpProxy proxy = SharedRedis.proxy();
    RedisClient behind = SharedRedis.patient(proxy).open();
    SessionStore store = RedisSessionStore.over(behind).withKeyPrefix(namespace);
    warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, behind, false));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return new TimeToLive(client, namespace).ofSession(key);
  }

  /** So that the next request is the write itself: no handshake, and no script to be sent first. */
  static void warmUp(SessionStore store) {
    warmUp(store, Samples.session());
  }

  static void warmUp(SessionStore store, Session session) {
    if (store.replace(session) != ReplaceResult.GONE
        || store.touch(session.key(), Samples.NOW)
        || store.delete(session.key())
        || !store.create(session)) {
      throw new IllegalStateException("The handle did not warm up");
    }
  }
}
