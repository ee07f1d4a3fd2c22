package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.RevocationListTck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

/** Each handle is a node that follows the log in one slot of a cluster. */
class ReplicatedListOnClusterTest extends RevocationListTck {

  private static final Duration STALENESS = Duration.ofMillis(300);

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
  protected RevocationList open(String namespace, InstantSource clock) {
    return RedisRevocationListTest.sinceEver(
        RedisRevocationList.replicated(SharedCluster.patient(), STALENESS), namespace, clock);
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    RevocationList list = open(namespace, clock);
    SharedCluster.onEachMaster(
        session -> list.refuseBelow(session.key(), 1, clock.instant().plusSeconds(60)));
    return Optional.of(SharedCluster.losing(RevocationList.class, list, list));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return new TimeToLive(asking, namespace).ofFloors(session);
  }

  /** The races are run in full by {@link RedisRevocationListTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 100);
  }

  @Test
  @DisplayName("a list that only asks MUST be refused on a cluster when it is built")
  void asking() {
    try (RedisClusterClient client = SharedCluster.jedis()) {
      assertThatThrownBy(() -> RedisRevocationList.over(client))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("replicated");
    }
    assertThatThrownBy(() -> RedisRevocationList.connect(SharedCluster.patient()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replicated");
  }
}
