package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

/** What a {@link RedisConnection} to one server, a cluster and sentinels takes and refuses. */
class RedisConnectionTest {

  private static final URI SENTINEL = URI.create("redis://127.0.0.1:26379");
  private static final URI NODE = URI.create("redis://ann:hunter2@127.0.0.1:7001");

  @Test
  @DisplayName("the only master of one server MUST be that server, and answer when it is dialled")
  void dials() {
    RedisConnection single = SharedRedis.patient();
    HostAndPort server = new HostAndPort("127.0.0.1", SharedRedis.server().port());

    assertThat(single.masters()).containsExactly(server);
    try (Connection dialled = single.dial(server, Duration.ofSeconds(20))) {
      assertThat(dialled.ping()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://my_master",
        "redis://mymaster/3",
        "rediss://ann:hunter2@master-1.eu",
        "redis://:hunter2@my_master/0"
      })
  @DisplayName(
      "a master's name MUST be taken as sentinels know it, and its credentials not be told")
  void masterNames(String uri) {
    RedisConnection connection = RedisConnection.toSentinels(URI.create(uri), SENTINEL);

    assertThat(connection.toString()).contains("master").doesNotContain("hunter2", "ann:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://hunter2:6379",
        "redis:///0",
        "redis://hunter2@mymaster",
        "redis://ann:hun/ter2@mymaster",
        "redis://ann:hunter2@mymaster/x",
        "redis://ann:hunter2@home@mymaster",
        "redis://ann:hunter2@mymaster?x=y",
        "http://ann:hunter2@mymaster"
      })
  @DisplayName("a URI that names no master MUST be refused and not be quoted")
  void noMaster(String uri) {
    assertThatThrownBy(() -> RedisConnection.toSentinels(URI.create(uri), SENTINEL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://")
        .hasMessageNotContaining("hun")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://bob:hunter3@127.0.0.1:7002",
        "rediss://127.0.0.1:7002",
        "redis://127.0.0.1:7002/1"
      })
  @DisplayName("a node of a cluster with other credentials, TLS or a database MUST be refused")
  void otherNodes(String uri) {
    assertThatThrownBy(() -> RedisConnection.toCluster(NODE, URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter");
    assertThat(RedisConnection.toCluster(NODE, URI.create("redis://127.0.0.1:7002"), NODE).more())
        .hasSize(2);
  }

  @Test
  @DisplayName("every setting MUST hold for every kind")
  void settings() {
    RedisConnection cluster =
        RedisConnection.toCluster(NODE)
            .withConnectTimeout(Duration.ofMillis(1))
            .withSocketTimeout(Duration.ofMillis(2))
            .withPoolWait(Duration.ofMillis(3))
            .withMaxConnections(4);

    assertThat(cluster.kind()).isEqualTo(RedisConnection.Kind.CLUSTER);
    assertThat(cluster.deadline()).isEqualTo(Duration.ofMillis(1 + 3 + 5 * 2));
    assertThat(cluster.maxConnections()).isEqualTo(4);
  }
}
