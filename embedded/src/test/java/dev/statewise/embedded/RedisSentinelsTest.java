package dev.statewise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisSentinelsTest {
  private static RedisSentinels sentinels;

  @BeforeAll
  static void start() {
    assumeTrue(
        RedisSentinels.whyUnavailable().isEmpty(),
        () -> RedisSentinels.whyUnavailable().orElseThrow());
    sentinels = RedisSentinels.start();
  }

  @AfterAll
  static void close() {
    if (sentinels != null) {
      sentinels.close();
    }
  }

  @Test
  @DisplayName("the replica MUST be the master after the master was killed, and have its data")
  void failsOver() throws IOException {
    RedisServer master = sentinels.master();
    try (RespClient client = connect(master)) {
      assertThat(client.ask("SET", "cart", "42")).isEqualTo("+OK");
      assertThat(client.ask("WAIT", "1", "20000")).isEqualTo(":1");
    }

    RedisServer killed = sentinels.killMaster();
    RedisServer next = sentinels.awaitFailoverFrom(killed);

    assertThat(killed).isSameAs(master);
    assertThat(next).isNotSameAs(master);
    assertThat(sentinels.master()).isSameAs(next);
    try (RespClient client = connect(next)) {
      assertThat(client.ask("GET", "cart")).isEqualTo("42");
      assertThat(client.ask("SET", "cart", "43")).isEqualTo("+OK");
    }
  }

  @Test
  @DisplayName("close() MUST leave neither server nor sentinel")
  void leavesNothing() {
    RedisSentinels started = RedisSentinels.start();
    List<Long> processes =
        Stream.concat(started.servers().stream(), started.sentinels().stream())
            .map(RedisServer::pid)
            .toList();

    started.close();
    started.close();

    assertThat(processes).hasSize(5).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  @DisplayName("a sentinel that was killed and restarted MUST know the master as before")
  void restartsASentinel() throws IOException {
    RedisServer sentinel = sentinels.sentinels().get(0);

    sentinel.restart();

    try (RespClient client = connect(sentinel)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(client.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", sentinels.name()))
                    .isEqualTo("*2");
                assertThat(client.reply()).isEqualTo("127.0.0.1");
                assertThat(client.reply()).isEqualTo(Integer.toString(sentinels.master().port()));
              });
    }
  }

  private static RespClient connect(RedisServer server) throws IOException {
    return new RespClient(server.host(), server.port());
  }
}
