package dev.statewise.redis;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SubjectIndexTck;
import java.util.Optional;

/** On a cluster, through a client of its own; each handle has one. */
class RedisSubjectIndexOnClusterTest extends SubjectIndexTck {

  @Override
  protected SessionStore open(String namespace) {
    return RedisSessionStore.connect(SharedCluster.patient()).withKeyPrefix(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    SessionStore store = open(namespace);
    SharedCluster.onEachMaster(session -> RedisSubjectIndexTest.warmUp(store, session));
    return Optional.of(SharedCluster.losing(SessionStore.class, store, store));
  }

  /** The races are run in full by {@link RedisSubjectIndexTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 100);
  }
}
