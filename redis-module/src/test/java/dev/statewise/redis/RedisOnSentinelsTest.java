package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisSentinelClient;

/** Faults of a master that sentinels watch. */
class RedisOnSentinelsTest {

  @Test
  @DisplayName(
      "the master MUST be the one that the sentinels name, also if one of them is not there")
  void master() {
    RedisServer master = SharedSentinels.sentinels().master();
    URI sentinel = SharedSentinels.sentinels().sentinelUris().get(0);
    RedisConnection connection =
        RedisConnection.toSentinels(
            SharedSentinels.sentinels().uri(), URI.create("redis://127.0.0.1:1"), sentinel);

    assertThat(connection.masters()).containsExactly(new HostAndPort(master.host(), master.port()));
  }

  @Test
  @DisplayName("a replica that a sentinel takes for the master MUST NOT be asked: it may be stale")
  void staleReplica() {
    RedisSentinels sentinels = SharedSentinels.sentinels();
    RedisServer master = sentinels.master();
    RedisServer replica =
        sentinels.servers().stream().filter(server -> server != master).findFirst().orElseThrow();
    try (FakeServer mistaken = SharedSentinels.naming(replica.port())) {
      RedisConnection connection =
          RedisConnection.toSentinels(sentinels.uri(), mistaken.uri())
              .withSocketTimeout(Duration.ofMillis(200));
      try (RedisSessionStore store = RedisSessionStore.connect(connection)) {
        Session session = Samples.session();

        RedisDeadlineTest.assertUnavailable(connection, () -> store.find(session.key()));
        RedisDeadlineTest.assertUnavailable(connection, () -> store.delete(session.key()));
      }
    }
  }

  @Test
  @DisplayName("a master's name that no sentinel knows MUST be unavailable")
  void unknownName() {
    RedisConnection connection =
        RedisConnection.toSentinels(
                URI.create("redis://nobody"), SharedSentinels.sentinels().sentinelUris().get(0))
            .withSocketTimeout(Duration.ofMillis(200));
    try (RedisSessionStore store = RedisSessionStore.connect(connection)) {
      RedisDeadlineTest.assertUnavailable(connection, () -> store.find(Samples.session().key()));
    }
  }

  @Test
  @DisplayName("after a failover the new master MUST be used without a restart, on either client")
  void failover() {
    Session session = Samples.session();
    try (RedisSentinels sentinels = RedisSentinels.start();
        RedisSessionStore store = RedisSessionStore.connect(SharedSentinels.connection(sentinels));
        RedisSentinelClient client = jedis(sentinels)) {
      RedisSessionStore handedIn = RedisSessionStore.over(client);
      Awaitility.await().ignoreExceptions().until(() -> store.create(session));
      assertThat(handedIn.find(session.key())).contains(session);
      awaitReplication(sentinels.master());

      RedisServer killed = sentinels.killMaster();
      Throwable meanwhile = catchThrowable(() -> store.find(session.key()));
      sentinels.awaitFailoverFrom(killed);

      assertThat(meanwhile)
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(),
              outage -> assertThat(outage).isInstanceOf(StoreUnavailableException.class));
      for (RedisSessionStore either : new RedisSessionStore[] {store, handedIn}) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .ignoreException(StoreUnavailableException.class)
            .untilAsserted(() -> assertThat(either.find(session.key())).contains(session));
      }
      assertThat(store.replace(session.with("cart", "43").next(Samples.NOW)))
          .isEqualTo(ReplaceResult.REPLACED);
      assertThat(handedIn.delete(session.key())).isTrue();
      assertThat(store.find(session.key())).isEmpty();
    }
  }

  private static void awaitReplication(RedisServer master) {
    try (RedisClient admin = RedisClient.create(master.uri())) {
      assertThat(admin.waitReplicas("key", 1, 20_000)).isEqualTo(1);
    }
  }

  private static RedisSentinelClient jedis(RedisSentinels sentinels) {
    Set<HostAndPort> addresses =
        sentinels.sentinelUris().stream()
            .map(uri -> new HostAndPort(uri.getHost(), uri.getPort()))
            .collect(Collectors.toSet());
    return RedisSentinelClient.builder()
        .masterName(sentinels.name())
        .sentinels(addresses)
        .clientConfig(DefaultJedisClientConfig.builder().resp2().timeoutMillis(2_000).build())
        .build();
  }
}
