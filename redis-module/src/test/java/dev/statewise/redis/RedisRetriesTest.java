package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** What is sent again, and for how long, by what a server answers. */
class RedisRetriesTest {

  private static final int TENFOLD = 10;

  private final SessionKey key = Samples.session().key();
  private final AtomicInteger asked = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN"})
  @DisplayName("what a server refuses for a moment MUST be asked again, on either client")
  void forAMoment(String code) {
    try (FakeServer server = refusing(code, 3);
        RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(server.uri()))) {
      assertThat(store.find(key)).isEmpty();
      assertThat(asked).hasValue(4);
    }
    asked.set(0);
    try (FakeServer server = refusing(code, 3);
        RedisClient handedIn = SharedRedis.patient(server.uri()).open()) {
      assertThat(RedisSessionStore.over(handedIn).find(key)).isEmpty();
      assertThat(asked).hasValue(4);
    }
  }

  @Test
  @DisplayName("what a server refuses for long MUST be unavailable, with its code, by the deadline")
  void forLong() {
    try (FakeServer server = refusing("CLUSTERDOWN", Integer.MAX_VALUE)) {
      RedisConnection hasty =
          RedisConnection.to(server.uri()).withSocketTimeout(Duration.ofMillis(200));
      try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
        RedisDeadlineTest.assertUnavailable(hasty, () -> store.find(key));
        assertThat(catchThrowable(() -> store.find(key))).hasMessageContaining("CLUSTERDOWN");
        assertThat(asked).hasValueGreaterThan(2 * 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"READONLY", "NOPERM", "OOM", "CROSSSLOT", "ERR"})
  @DisplayName("what a server refuses for good MUST NOT be asked again")
  void forGood(String code) {
    try (FakeServer server = refusing(code, 1);
        RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(server.uri()))) {
      assertThat(catchThrowable(() -> store.find(key)))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  @DisplayName("a cluster whose nodes send each other round in a circle MUST be unavailable")
  void inACircle() {
    try (FakeServer node = circling()) {
      RedisConnection hasty =
          RedisConnection.toCluster(node.uri()).withSocketTimeout(Duration.ofMillis(200));
      long start = System.nanoTime();
      try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
        assertThat(catchThrowable(() -> store.find(key)))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("MOVED");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(hasty.deadline().multipliedBy(TENFOLD));
    }
  }

  @Test
  @DisplayName("a node of a cluster that is taken for a single server MUST be named as such")
  void nodeOfACluster() {
    try (FakeServer node = circling();
        RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(node.uri()))) {
      assertThat(catchThrowable(() -> store.find(key)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("toCluster");
    }
  }

  /** Refuses so often, then finds nothing. */
  private FakeServer refusing(String code, int times) {
    return FakeServer.start(
        (in, out, self) -> {
          while (in.read(new byte[8192]) > 0) {
            boolean refused = asked.incrementAndGet() <= times;
            out.write(bytes(refused ? "-" + code + " for now\r\n" : "$-1\r\n"));
          }
        });
  }

  /** The one node of a cluster, which says of every slot that it was moved: to itself. */
  private static FakeServer circling() {
    return FakeServer.start(
        (in, out, self) -> {
          byte[] request = new byte[8192];
          for (int read = in.read(request); read > 0; read = in.read(request)) {
            boolean aboutSlots =
                new String(request, 0, read, StandardCharsets.US_ASCII).contains("SLOTS");
            out.write(
                bytes(
                    (aboutSlots
                            ? "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:%d\r\n"
                            : "-MOVED 1 127.0.0.1:%d\r\n")
                        .formatted(self.port())));
          }
        });
  }

  private static byte[] bytes(String reply) {
    return reply.getBytes(StandardCharsets.US_ASCII);
  }
}
