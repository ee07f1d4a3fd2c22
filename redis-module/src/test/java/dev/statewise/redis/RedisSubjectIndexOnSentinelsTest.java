package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SubjectIndexTck;
import java.util.Optional;

/** On the master that sentinels name, through a client of its own; each handle has one. */
class RedisSubjectIndexOnSentinelsTest extends SubjectIndexTck {

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
    RedisSubjectIndexTest.warmUp(store);
    return Optional.of(new ProxiedHandle<>(store, proxy, sentinel, true));
  }

  /** The races are run in full by {@link RedisSubjectIndexTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 100);
  }
}
