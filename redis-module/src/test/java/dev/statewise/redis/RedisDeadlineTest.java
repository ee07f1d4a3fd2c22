package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.session.Session;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers that keep a call waiting without ever being silent for long. */
class RedisDeadlineTest {

  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final int LARGE = 16 << 20;

  @Test
  @DisplayName("a server that drips its reply MUST be unavailable by the deadline")
  void dripping() {
    try (FakeServer server = FakeServer.start(RedisDeadlineTest::drip)) {
      RedisConnection hasty = hasty(server);
      try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
        assertUnavailable(hasty, () -> store.find(Samples.session().key()));
      }
    }
  }

  @Test
  @DisplayName("a server that never reads MUST be unavailable by the deadline")
  void neverReading() {
    try (FakeServer server =
        FakeServer.start((in, out, self) -> self.isClosedWithin(Duration.ofHours(1)))) {
      RedisConnection hasty = hasty(server);
      Session large = Samples.session().with("large", "x".repeat(LARGE));
      try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
        assertUnavailable(hasty, () -> store.create(large));
        assertUnavailable(hasty, () -> store.replace(large.next(Samples.NOW)));
      }
    }
  }

  @Test
  @DisplayName("a server that reads slowly MUST be unavailable by the deadline")
  void readingSlowly() {
    try (FakeServer server =
        FakeServer.start(
            (in, out, self) -> {
              while (!self.isClosedWithin(Duration.ofMillis(20))) {
                in.readNBytes(1_000);
              }
            })) {
      RedisConnection hasty = hasty(server);
      Session large = Samples.session().with("large", "x".repeat(LARGE));
      try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
        assertUnavailable(hasty, () -> store.create(large));
      }
    }
  }

  @Test
  @DisplayName("a large session MUST be written and read again and again on one connection")
  void large() {
    RedisConnection single = SharedRedis.patient().withMaxConnections(1);
    try (RedisSessionStore store =
        RedisSessionStore.connect(single).withKeyPrefix(SharedRedis.newPrefix())) {
      Session session = Samples.session();
      store.create(session);

      for (int i = 0; i < 5; i++) {
        session = session.with("large", Integer.toString(i).repeat(LARGE / 4)).next(Samples.NOW);
        store.replace(session);
        assertThat(store.find(session.key())).contains(session);
      }
      assertThat(store.delete(session.key())).isTrue();
    }
  }

  @Test
  @DisplayName(
      "the time before a request is sent MUST NOT count: connecting, and lying in the pool")
  void idle() throws IOException, InterruptedException {
    Duration limit = Duration.ofSeconds(1);
    try (FakeServer server = FakeServer.start((in, out, self) -> in.transferTo(out));
        Socket socket = new DeadlineSocket(limit)) {
      for (int i = 0; i < 2; i++) {
        assertThat(server.isClosedWithin(limit.multipliedBy(2))).isFalse();
        if (i == 0) {
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        }
        socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
      }
    }
  }

  private static void drip(InputStream in, OutputStream out, FakeServer server)
      throws IOException, InterruptedException {
    in.readNBytes(1);
    out.write("$500\r\n".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 500 && !server.isClosedWithin(Duration.ofMillis(50)); i++) {
      out.write('x');
      out.flush();
    }
  }

  private static RedisConnection hasty(FakeServer server) {
    return RedisConnection.to(server.uri())
        .withSocketTimeout(Duration.ofMillis(150))
        .withPoolWait(Duration.ofMillis(100))
        .withConnectTimeout(Duration.ofMillis(500));
  }

  static void assertUnavailable(RedisConnection connection, ThrowingCallable call) {
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(() -> catchThrowable(call), RedisDeadlineTest::onItsOwn);

    assertThat(outcome)
        .succeedsWithin(connection.deadline().plus(SLACK))
        .isInstanceOf(StoreUnavailableException.class);
  }

  private static void onItsOwn(Runnable task) {
    Thread thread = new Thread(task, "caller");
    thread.setDaemon(true);
    thread.start();
  }
}
