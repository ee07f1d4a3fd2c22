package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Servers that repeat what was sent to them. */
class RedisRedactionTest {

  private static final Logger LOG = LoggerFactory.getLogger("a caller that logs all it gets");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-ERR unknown command 'AUTH', with args beginning with: 'hunter2'\r\n",
        "-hunter2\r\n",
        "-WRONGPASS hunter2 is not it\r\n",
        "$7\r\nhunter2\r\n",
        ":hunter2\r\n",
        "hunter2\r\n"
      })
  @DisplayName("what a server repeats MUST NOT be told, by an exception or in a log")
  void ownClient(String reply) {
    try (FakeServer server = saying(reply);
        CapturedLog log = CapturedLog.open()) {
      URI uri = URI.create("redis://:hunter2@127.0.0.1:" + server.port());
      try (RedisSessionStore store = RedisSessionStore.connect(uri);
          RedisRevocationList list = RedisRevocationList.connect(uri)) {
        told(catchThrowable(() -> store.find(Samples.session().key())));
        told(catchThrowable(() -> store.create(Samples.session())));
        told(catchThrowable(() -> list.isRefused(Samples.session())));
      }

      assertThat(log.text()).contains("unavailable in").doesNotContain("hunter2");
    }
  }

  @Test
  @DisplayName("what a server repeats to a client that was handed in MUST NOT be told")
  void handedIn() {
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder().password("hunter2").build();
    try (FakeServer server = saying("-ERR unknown command 'HELLO', with 'hunter2'\r\n");
        RedisClient client =
            RedisClient.builder()
                .hostAndPort("127.0.0.1", server.port())
                .clientConfig(config)
                .build()) {
      told(catchThrowable(() -> RedisSessionStore.over(client).find(Samples.session().key())));
    }
  }

  @Test
  @DisplayName("the class, the first word and the stack trace of an error MUST be told")
  void whatIsKept() {
    try (FakeServer server = saying("-WRONGPASS hunter2 is not it\r\n");
        RedisSessionStore store =
            RedisSessionStore.connect(URI.create("redis://:hunter2@127.0.0.1:" + server.port()))) {
      Throwable thrown = catchThrowable(() -> store.find(Samples.session().key()));

      assertThat(thrown)
          .hasStackTraceContaining("JedisAccessControlException: WRONGPASS")
          .hasStackTraceContaining("redis.clients.jedis.Protocol");
    }
  }

  private static void told(Throwable thrown) {
    LOG.info("unavailable in", thrown);
    assertThat(thrown).isInstanceOf(StoreUnavailableException.class);
    for (Throwable seen = thrown; seen != null; seen = seen.getCause()) {
      assertThat(seen.toString()).doesNotContain("hunter2");
      assertThat(String.valueOf(seen.getMessage())).doesNotContain("hunter2");
      assertThat(seen.getSuppressed()).isEmpty();
    }
  }

  private static FakeServer saying(String reply) {
    return FakeServer.start(
        (in, out, self) -> {
          while (in.read(new byte[8192]) > 0) {
            out.write(reply.getBytes(StandardCharsets.US_ASCII));
            out.flush();
          }
        });
  }
}
