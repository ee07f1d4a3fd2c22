package dev.statewise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisClusterTest {
  // In the slots that the first of three masters serves.
  private static final String KEY = "foo{hash_tag}";
  private static final int SLOT = 2515;

  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    assumeTrue(
        RedisCluster.whyUnavailable().isEmpty(), () -> RedisCluster.whyUnavailable().orElseThrow());
    cluster = RedisCluster.startBehindProxies();
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @DisplayName("the owner of a slot MUST serve its keys, and another node MUST name its proxy")
  void redirectsToTheProxy() throws IOException {
    URI owner = cluster.uris().get(0);
    try (RespClient first = connect(owner);
        RespClient last = connect(cluster.uris().get(2))) {
      assertThat(first.ask("CLUSTER", "KEYSLOT", KEY)).isEqualTo(":" + SLOT);
      assertThat(first.ask("SET", KEY, "42")).isEqualTo("+OK");
      assertThat(last.ask("GET", KEY))
          .isEqualTo("-MOVED " + SLOT + " 127.0.0.1:" + owner.getPort());
    }
  }

  @Test
  @DisplayName("each master MUST stand behind a proxy of its own, through which clients go")
  void goesThroughProxies() throws IOException {
    for (int i = 0; i < 3; i++) {
      TcpProxy proxy = cluster.proxies().get(i);
      long before = proxy.traffic().commands();
      try (RespClient client = connect(cluster.uris().get(i))) {
        assertThat(client.ask("INFO", "server"))
            .contains("process_id:" + cluster.masters().get(i).pid() + "\r\n");
      }
      assertThat(proxy.traffic().commands()).isEqualTo(before + 1);
    }
  }

  @Test
  @DisplayName("a master that was killed and restarted MUST serve its slots again")
  void takesARestartedMasterBack() throws IOException {
    RedisServer owner = cluster.masters().get(0);

    owner.kill();
    Throwable whileItIsGone = catchThrowable(() -> connect(cluster.uris().get(0)).ask("PING"));
    owner.restart();
    cluster.awaitAgreement();

    assertThat(whileItIsGone).isInstanceOf(IOException.class);
    try (RespClient client = connect(cluster.uris().get(0))) {
      assertThat(client.ask("SET", KEY, "43")).isEqualTo("+OK");
    }
  }

  @Test
  @DisplayName("close() MUST leave no node and no proxy, without proxies too")
  void leavesNothing() {
    RedisCluster plain = RedisCluster.start();
    List<Long> nodes = plain.masters().stream().map(RedisServer::pid).toList();
    List<URI> uris = plain.uris();

    plain.close();
    plain.close();

    assertThat(plain.proxies()).isEmpty();
    assertThat(uris).hasSize(3).doesNotHaveDuplicates();
    assertThat(nodes).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  @DisplayName("a cluster that would have no majority left MUST be refused")
  void refusesTooFew() {
    assertThatThrownBy(() -> RedisCluster.start(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 masters");
  }

  private static RespClient connect(URI uri) throws IOException {
    return new RespClient(uri.getHost(), uri.getPort());
  }
}
