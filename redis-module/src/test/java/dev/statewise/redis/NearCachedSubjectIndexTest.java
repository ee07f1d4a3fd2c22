package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SubjectIndexTck;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** The index of Redis, with copies that it must drop. */
class NearCachedSubjectIndexTest extends SubjectIndexTck {

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
    return NearCachedSessionStoreTest.near(client, namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    TcpProxy proxy = SharedRedis.proxy();
    RedisClient behind = SharedRedis.patient(proxy).open();
    SessionStore store = NearCachedSessionStoreTest.near(behind, namespace);
    RedisSubjectIndexTest.warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, behind, false));
  }
}
