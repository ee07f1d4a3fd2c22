package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.SubjectIndex;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SubjectIndexTck;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** On a client that is handed in, which sends nothing again. */
class RedisSubjectIndexTest extends SubjectIndexTck {

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

  /** So that the next request is the verb itself: no handshake, and no script to be sent first. */
  static void warmUp(SessionStore store) {
    warmUp(store, Samples.session());
  }

  static void warmUp(SessionStore store, Session session) {
    SubjectIndex index = store.subjects().orElseThrow();
    if (!index
            .admit(session, 1, Overflow.REFUSE, Optional.empty())
            .equals(new Admission.Admitted(List.of()))
        || index.deleteAll(session.subject()) != 1
        || !index.findAll(session.subject()).isEmpty()) {
      throw new IllegalStateException("The handle did not warm up");
    }
  }
}
