package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SubjectIndexTck;
import java.util.Optional;

/** On a client of its own, which sends again what it lost; each handle has one. */
class RedisSubjectIndexOnItsOwnClientTest extends SubjectIndexTck {

  @Override
  protected SessionStore open(String namespace) {
    return RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    TcpProxy proxy = SharedRedis.proxy();
    SessionStore store =
        RedisSessionStore.connect(SharedRedis.patient(proxy)).withKeyPrefix(namespace);
    RedisSubjectIndexTest.warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, store, true));
  }

  /** The races are run in full by {@link RedisSubjectIndexTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 200);
  }
}
