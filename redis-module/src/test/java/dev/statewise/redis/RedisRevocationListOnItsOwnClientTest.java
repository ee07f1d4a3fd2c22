package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.RevocationListTck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** On a client of its own, which sends again what it lost; each handle has one. */
class RedisRevocationListOnItsOwnClientTest extends RevocationListTck {

  private static RedisClient asking;

  @BeforeAll
  static void connect() {
    asking = SharedRedis.patient().open();
  }

  @AfterAll
  static void close() {
    asking.close();
  }

  @Override
  protected RevocationList open(String namespace, InstantSource clock) {
    return RedisRevocationListTest.sinceEver(
        RedisRevocationList.connect(SharedRedis.patient()), namespace, clock);
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    TcpProxy proxy = SharedRedis.proxy();
    RevocationList list =
        RedisRevocationListTest.sinceEver(
            RedisRevocationList.connect(SharedRedis.patient(proxy)), namespace, clock);
    RedisRevocationListTest.warmUp(list);
    return Optional.of(new ProxiedHandle<>(list, proxy, list, true));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return new TimeToLive(asking, namespace).ofFloors(session);
  }

  /** The races are run in full by {@link RedisRevocationListTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 200);
  }
}
