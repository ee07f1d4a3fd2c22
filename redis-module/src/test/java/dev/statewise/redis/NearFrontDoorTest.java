package dev.statewise.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The front door of node B over a near cache, while node A has none. */
@DisplayName("Sessions over a near cache")
class NearFrontDoorTest {

  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final int LATENCIES = 500;

  private final TcpProxy proxy = SharedRedis.proxy();
  private final HandTicker ticker = new HandTicker();
  private final HandClock clock = new HandClock();
  private final RedisSessionStore store =
      RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(SharedRedis.newPrefix());
  private final NearCachedSessionStore near =
      NearCachedSessionStore.over(store, SharedRedis.patient(SharedRedis.uri(proxy)))
          .withStaleness(STALENESS)
          .withClock(clock)
          .withTicker(ticker);
  private final StatefulSessions nodeA =
      StatefulSessions.over(store, SessionPolicy.defaults()).withClock(clock);
  private final StatefulSessions nodeB =
      StatefulSessions.over(near, SessionPolicy.defaults()).withClock(clock);

  @AfterEach
  void close() {
    near.close();
    store.close();
    proxy.close();
  }

  @Test
  @DisplayName("MUST accept a secret that another node rotated to, though the copy has the old one")
  void rotatedElsewhere() {
    Grant grant = nodeA.open("ann", Map.of()).grantOrThrow();
    copiedAndDeaf(grant);

    Credential rotated =
        nodeA.rotate(grant.session()).savedOrThrow().renewal().orElseThrow().credential();

    assertTrue(accepts(rotated), "the copy's secret was taken for the truth");
    assertEquals(
        new Validation.Rejected(Rejection.UNKNOWN),
        nodeB.validate(grant.credential()),
        "the old secret is good no more once the new one was seen");
  }

  @Test
  @DisplayName("MUST say for how long another node may accept what was ended")
  void guarantees() {
    assertEquals(STALENESS, nodeB.guarantees().endsWithin());
    assertEquals(0, nodeB.guarantees().storeRoundTrips());
    assertTrue(nodeB.guarantees().sharedByNodes());
  }

  @Test
  @DisplayName("MUST NOT reject as expired what another node touched, though the copy is older")
  void touchedElsewhere() {
    Grant grant = nodeA.open("ann", Map.of()).grantOrThrow();
    copiedAndDeaf(grant);
    clock.advance(SessionPolicy.defaults().idleTimeout().minusSeconds(1));
    assertTrue(nodeA.validate(grant.credential()) instanceof Validation.Accepted);

    clock.advance(Duration.ofSeconds(2));

    assertTrue(accepts(grant.credential()), "a session in use was rejected as expired");
  }

  @Test
  @DisplayName("MUST reject on this node at once what this node ended")
  void endedHere() {
    Grant grant = nodeB.open("ann", Map.of()).grantOrThrow();
    copiedAndDeaf(grant);

    nodeB.end(grant.credential());

    assertEquals(
        new Validation.Rejected(Rejection.UNKNOWN), nodeB.validate(grant.credential()), "ended");
  }

  @Test
  @DisplayName("MUST put nothing on the wire for a session that is copied")
  void noRoundTrip() {
    TcpProxy counting = SharedRedis.proxy();
    try (counting;
        RedisSessionStore counted =
            RedisSessionStore.connect(SharedRedis.patient(SharedRedis.uri(counting)))
                .withKeyPrefix(SharedRedis.newPrefix());
        NearCachedSessionStore copying =
            NearCachedSessionStore.over(counted, SharedRedis.patient())
                .withClock(clock)
                .withTicker(ticker)) {
      StatefulSessions sessions =
          StatefulSessions.over(copying, SessionPolicy.defaults()).withClock(clock);
      Grant grant = sessions.open("ann", Map.of()).grantOrThrow();
      copied(copying, grant);
      long before = counting.traffic().commands();

      for (int i = 0; i < 1_000; i++) {
        assertTrue(sessions.validate(grant.credential()) instanceof Validation.Accepted);
      }

      assertEquals(before, counting.traffic().commands(), "a copied session cost a request");
    }
  }

  @Test
  @DisplayName("MUST be told of every one of many endings; how fast is printed")
  void latency() {
    Near.serving(near);
    long[] nanos = new long[LATENCIES];
    for (int i = 0; i < LATENCIES; i++) {
      Session session = nodeA.open("ann-" + i, Map.of()).grantOrThrow().session();
      await().pollInterval(Duration.ofMillis(1)).until(() -> isCopied(near, session));
      long sent = System.nanoTime();
      store.delete(session.key());
      while (near.copies().has(session.key()) && System.nanoTime() - sent < 30_000_000_000L) {
        Thread.onSpinWait();
      }
      nanos[i] = System.nanoTime() - sent;
      assertTrue(!near.copies().has(session.key()), "it was not told");
    }
    Arrays.sort(nanos);
    System.out.printf(
        "near cache: from sending a delete to another node's knowing p50 %.3f ms, p99 %.3f ms (n=%d, loopback)%n",
        nanos[LATENCIES / 2] / 1e6, nanos[LATENCIES * 99 / 100] / 1e6, LATENCIES);
  }

  @Test
  @DisplayName("MUST refuse settings that cannot be, and a client that cannot tell of changes")
  void settings() {
    assertThrows(IllegalArgumentException.class, () -> near.withMaxEntries(0));
    assertThrows(IllegalArgumentException.class, () -> near.withMaxEntries(10_000_001));
    assertThrows(IllegalArgumentException.class, () -> near.withStaleness(Duration.ofMillis(9)));
    assertThrows(IllegalArgumentException.class, () -> near.withStaleness(Duration.ofSeconds(61)));
    assertEquals(
        Duration.ofMillis(10), near.withStaleness(Duration.ofMillis(10)).traits().staleness());
    assertEquals(
        Duration.ofMinutes(1), near.withStaleness(Duration.ofMinutes(1)).traits().staleness());
    try (RedisClient client = RedisConnection.to(URI.create("redis://127.0.0.1:1")).open()) {
      RedisSessionStore handedIn = RedisSessionStore.over(client);
      assertThrows(IllegalArgumentException.class, () -> NearCachedSessionStore.over(handedIn));
    }
  }

  /** Node B has a copy, and is told of nothing any more, which it has not noticed yet. */
  private void copiedAndDeaf(Grant grant) {
    copied(near, grant);
    proxy.dropFromServer();
  }

  private static void copied(NearCachedSessionStore near, Grant grant) {
    Near.serving(near);
    await().pollInterval(Duration.ofMillis(1)).until(() -> isCopied(near, grant.session()));
  }

  private static boolean isCopied(NearCachedSessionStore near, Session session) {
    near.find(session.key());
    return near.copies().has(session.key());
  }

  private boolean accepts(Credential credential) {
    return nodeB.validate(credential) instanceof Validation.Accepted;
  }
}
