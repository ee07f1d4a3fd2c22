package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Refusals that wait for replicas, where the connection that is taken is of no use any more. */
class AcknowledgedElsewhereTest {

  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration WAIT = Duration.ofMillis(50);
  private static final int IDLE = 3;

  private final AtomicInteger connections = new AtomicInteger();

  @Test
  @DisplayName("a refusal whose slot has moved MUST be acknowledged by the node that has it now")
  void moved() {
    try (FakeServer now = FakeServer.start((in, out, self) -> serve(in, out, self, ""));
        FakeServer before =
            FakeServer.start(
                (in, out, self) ->
                    serve(in, out, self, "-MOVED 1 127.0.0.1:" + now.port() + "\r\n"));
        RedisRevocationList list =
            RedisRevocationList.replicated(
                    RedisConnection.toCluster(before.uri()), Duration.ofSeconds(5))
                .acceptingEviction()
                .withAcknowledgementOf(1, WAIT)) {
      assertThat(list.refuseBelow(key(), 2, UNTIL)).isEqualTo(Acknowledgement.RAISED);
    }
  }

  @Test
  @DisplayName("idle connections that were all lost MUST cost no refusal its answer")
  void idleOnesLost() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(IDLE);
    try (FakeServer server =
            FakeServer.start(
                (in, out, self) -> {
                  if (connections.incrementAndGet() > IDLE) {
                    serve(in, out, self, "");
                    return;
                  }
                  answerOnce(in, out, together);
                });
        RedisRevocationList list =
            RedisRevocationList.connect(SharedRedis.patient(server.uri()))
                .acceptingEviction()
                .withAcknowledgementOf(1, WAIT)) {
      ForkJoinPool threads = new ForkJoinPool(IDLE);
      for (int i = 0; i < IDLE; i++) {
        CompletableFuture<Acknowledgement> unused =
            CompletableFuture.supplyAsync(() -> list.refuseBelow(key(), 2, UNTIL), threads);
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(connections).hasValue(IDLE);

      assertThat(list.refuseBelow(key(), 2, UNTIL)).isEqualTo(Acknowledgement.RAISED);
    }
  }

  /** One refusal, and is gone at the next request; not before others are connected as well. */
  private static void answerOnce(InputStream in, OutputStream out, CountDownLatch together)
      throws IOException, InterruptedException {
    byte[] request = new byte[8192];
    if (in.read(request) > 0) {
      together.countDown();
      assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
      out.write(bytes("$4\r\nDONE\r\n"));
    }
    if (in.read(request) > 0) {
      out.write(bytes(":1\r\n"));
    }
    in.read(request);
  }

  /** As a node that has all slots; a script is answered with {@code elsewhere}, if that is said. */
  private static void serve(InputStream in, OutputStream out, FakeServer self, String elsewhere)
      throws IOException {
    byte[] request = new byte[8192];
    for (int read = in.read(request); read > 0; read = in.read(request)) {
      String asked = new String(request, 0, read, StandardCharsets.ISO_8859_1);
      if (asked.contains("SLOTS")) {
        out.write(
            bytes(
                "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:%d\r\n"
                    .formatted(self.port())));
      } else if (asked.contains("WAIT")) {
        out.write(bytes(":1\r\n"));
      } else {
        out.write(bytes(elsewhere.isEmpty() ? "$4\r\nDONE\r\n" : elsewhere));
      }
    }
  }

  private static SessionKey key() {
    return SessionKey.draw("ann", new SecureRandom());
  }

  private static byte[] bytes(String reply) {
    return reply.getBytes(StandardCharsets.US_ASCII);
  }
}
