package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.Finding.Code;
import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

/** More than one server behind one client. */
class RedisDoctorTopologiesTest {

  private static final String[] KEPT = {"--maxmemory", "100mb", "--appendonly", "yes"};

  @BeforeEach
  void requireServers() {
    SharedRedis.server();
  }

  @Test
  @DisplayName("of a cluster every master MUST be examined, through either client")
  void cluster() {
    try (RedisCluster cluster = RedisCluster.start(KEPT);
        RedisClusterClient client = client(cluster)) {
      RedisServer evicting = cluster.masters().get(1);
      try (RedisClient admin = RedisClient.create(evicting.uri())) {
        admin.configSet("maxmemory-policy", "volatile-ttl");
      }
      URI[] uris = cluster.uris().toArray(URI[]::new);

      for (Examination examination :
          List.of(
              RedisDoctor.examine(RedisConnection.toCluster(uris[0], uris[2])),
              RedisDoctor.examine(client))) {
        assertThat(servers(examination, Code.SERVER)).isEqualTo(addresses(cluster.masters()));
        assertThat(servers(examination, Code.EVICTS)).isEqualTo(addresses(List.of(evicting)));
        assertThat(examination.has(Code.CLUSTER_AS_SINGLE)).isFalse();
        assertThat(examination.has(Code.CLUSTER_FAILS)).isFalse();
      }
      try (RedisCalls own = RedisCalls.connect(RedisConnection.toCluster(uris[0]))) {
        assertEvicting(own, "volatile-ttl");
        assertEvicting(RedisCalls.over(client), "volatile-ttl");
      }
    }
  }

  @Test
  @DisplayName("a cluster that lost a master MUST be told to serve not all slots")
  void masterLost() {
    try (RedisCluster cluster = RedisCluster.start(KEPT);
        RedisClusterClient client = client(cluster)) {
      RedisServer lost = cluster.masters().get(2);
      lost.kill();

      Examination examination = RedisDoctor.examine(client);

      assertThat(servers(examination, Code.SERVER_UNSEEN)).isEqualTo(addresses(List.of(lost)));
      assertThat(servers(examination, Code.SERVER))
          .isEqualTo(addresses(cluster.masters().subList(0, 2)));
      assertThat(examination.isIncomplete()).isTrue();
    }
  }

  @Test
  @DisplayName("of sentinels the master that they name MUST be examined")
  void sentinels() {
    try (RedisSentinels sentinels = RedisSentinels.start(KEPT)) {
      URI sentinel = sentinels.sentinelUris().get(0);
      RedisConnection connection =
          RedisConnection.toSentinels(URI.create("redis://" + sentinels.name()), sentinel);

      Examination examination = RedisDoctor.examine(connection);

      assertThat(servers(examination, Code.SERVER))
          .isEqualTo(addresses(List.of(sentinels.master())));
      assertThat(examination.has(Code.NO_REPLICA)).isFalse();
      assertThat(examination.has(Code.NOT_ACKNOWLEDGED)).isTrue();
      assertThat(examination.breaksPromise()).as(examination.toString()).isFalse();
      try (RedisClient admin = RedisClient.create(sentinels.master().uri());
          RedisCalls own = RedisCalls.connect(connection)) {
        admin.configSet("maxmemory-policy", "allkeys-lru");
        assertEvicting(own, "allkeys-lru");
      }
    }
  }

  private static void assertEvicting(RedisCalls calls, String policy) {
    EvictionCheck check = new EvictionCheck(System::nanoTime);
    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(policy);
  }

  private static RedisClusterClient client(RedisCluster cluster) {
    URI seed = cluster.uris().get(0);
    return RedisClusterClient.builder()
        .nodes(Set.of(new HostAndPort(seed.getHost(), seed.getPort())))
        .build();
  }

  private static Set<String> servers(Examination examination, Code code) {
    return examination.findings().stream()
        .filter(finding -> finding.code() == code)
        .map(Finding::server)
        .collect(Collectors.toSet());
  }

  private static Set<String> addresses(List<RedisServer> servers) {
    return servers.stream()
        .map(server -> server.host() + ":" + server.port())
        .collect(Collectors.toSet());
  }
}
