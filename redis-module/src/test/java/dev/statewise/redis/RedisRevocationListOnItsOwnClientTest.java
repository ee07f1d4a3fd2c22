package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.RevocationList;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.RevocationListTck;
import java.time.InstantSource;
import java.util.Optional;

/** On a client of its own, which sends again what it lost; each handle has one. */
class RedisRevocationListOnItsOwnClientTest extends RevocationListTck {

  @Override
  protected RevocationList open(String namespace, InstantSource clock) {
    return RedisRevocationList.connect(SharedRedis.patient())
        .withKeyPrefix(namespace)
        .withClock(clock);
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    TcpProxy proxy = SharedRedis.proxy();
    RevocationList list =
        RedisRevocationList.connect(SharedRedis.patient(SharedRedis.uri(proxy)))
            .withKeyPrefix(namespace)
            .withClock(clock);
    RedisRevocationListTest.warmUp(list);
    return Optional.of(new ProxiedHandle<>(list, proxy, list, true));
  }

  /** The races are run in full by {@link RedisRevocationListTest}; the scripts are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 200);
  }
}
