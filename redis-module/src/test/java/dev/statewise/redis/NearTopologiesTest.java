package dev.statewise.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.SessionStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A near cache hears what changes on every master, whichever these are. No clock moves. */
@DisplayName("A near cache")
class NearTopologiesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SESSIONS = 60;

  @Test
  @DisplayName("MUST hear of what is ended on each master of a cluster, or else serve no copies")
  void cluster() {
    requireServers();
    try (RedisCluster cluster = RedisCluster.start();
        RedisSessionStore nodeA = RedisSessionStore.connect(SharedCluster.patient(cluster));
        NearCachedSessionStore near = near(nodeA)) {
      List<Session> sessions = copied(near, nodeA);

      sessions.forEach(session -> nodeA.delete(session.key()));

      awaitDropped(near, sessions);
      RedisServer one = cluster.masters().get(1);
      one.kill();
      Near.awaitBypass(near);
      one.restart();
      cluster.awaitAgreement();
      copied(near, nodeA);
    }
  }

  @Test
  @DisplayName("MUST follow the new master after a failover, and serve nothing of the old one")
  void failover() {
    requireServers();
    try (RedisSentinels sentinels = RedisSentinels.start();
        RedisSessionStore nodeA = RedisSessionStore.connect(connection(sentinels));
        NearCachedSessionStore near = near(nodeA)) {
      Session session = Samples.session();
      assertTrue(near.create(session));
      Near.serving(near);
      near.find(session.key());

      RedisServer former = sentinels.killMaster();
      Near.awaitBypass(near);
      sentinels.awaitFailoverFrom(former);
      Near.serving(near);

      await().atMost(PATIENCE).ignoreExceptions().until(() -> nodeA.create(Samples.session()));
      List<Session> sessions = copied(near, nodeA);
      sessions.forEach(each -> nodeA.delete(each.key()));
      awaitDropped(near, sessions);
    }
  }

  /** So many sessions that each master has some, each of which is copied. */
  private static List<Session> copied(NearCachedSessionStore near, SessionStore nodeA) {
    Near.serving(near);
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Session session = Samples.createdAt("user-" + i, Samples.NOW);
      assertTrue(nodeA.create(session));
      sessions.add(session);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> sessions.stream().allMatch(session -> isCopied(near, session)));
    return sessions;
  }

  private static boolean isCopied(NearCachedSessionStore near, Session session) {
    return near.find(session.key()).equals(Optional.of(session))
        && near.copies().has(session.key());
  }

  private static void awaitDropped(NearCachedSessionStore near, List<Session> sessions) {
    await()
        .atMost(PATIENCE)
        .until(() -> sessions.stream().noneMatch(session -> near.copies().has(session.key())));
    assertTrue(near.servesCopies(), "copies were dropped because the connection was lost");
    for (Session session : sessions) {
      assertEquals(Optional.empty(), near.find(session.key()), "it was ended");
    }
  }

  private static NearCachedSessionStore near(RedisSessionStore store) {
    return NearCachedSessionStore.over(store)
        .withStaleness(Duration.ofMinutes(1))
        .withClock(() -> Samples.NOW)
        .withTicker(() -> 0);
  }

  private static RedisConnection connection(RedisSentinels sentinels) {
    List<URI> uris = sentinels.sentinelUris();
    return SharedRedis.patient(
        RedisConnection.toSentinels(
            sentinels.uri(), uris.get(0), uris.subList(1, uris.size()).toArray(URI[]::new)));
  }

  private static void requireServers() {
    String why = RedisServer.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
  }
}
