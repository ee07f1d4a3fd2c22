package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.RevocationListTck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** On a client that is handed in, which sends nothing again. */
class RedisRevocationListTest extends RevocationListTck {

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
  protected RevocationList open(String namespace, InstantSource clock) {
    return sinceEver(RedisRevocationList.over(client), namespace, clock);
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    TcpProxy proxy = SharedRedis.proxy();
    RedisClient behind = SharedRedis.patient(proxy).open();
    RevocationList list = sinceEver(RedisRevocationList.over(behind), namespace, clock);
    warmUp(list);
    return Optional.of(new ProxiedHandle<>(list, proxy, behind, false));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return new TimeToLive(client, namespace).ofFloors(session);
  }

  /** A list that was there before every session of the kit. */
  static RedisRevocationList sinceEver(
      RedisRevocationList list, String namespace, InstantSource clock) {
    return list.withKeyPrefix(namespace).withClock(clock).adoptingSessionsSince(Instant.EPOCH);
  }

  /** So that the next request is the write itself: no handshake, and no script to be sent first. */
  static void warmUp(RevocationList list) {
    if (list.refuseBelow(Samples.session().key(), 1, Samples.NOW) != Acknowledgement.RAISED) {
      throw new IllegalStateException("The handle did not warm up");
    }
  }
}
