package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is said when there is no connection")
class RedisNoConnectionTest {

  private static final SessionKey KEY = new SessionKey("AAAAAAAAAAAAAAA");

  @Test
  @DisplayName(
      "a connection that cannot be made MUST be told from a slow server, with its own remedy")
  void refused() throws IOException {
    try (RedisSessionStore store = RedisSessionStore.connect(URI.create(nobody()))) {
      assertThatThrownBy(() -> store.find(KEY))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("no connection could be made")
          .hasMessageContaining("503")
          .hasMessageNotContaining("timeout");
    }
  }

  @Test
  @DisplayName("sentinels and nodes that tell nothing MUST be said to be what is missing")
  void nobodyTells() throws IOException {
    URI asked = URI.create(nobody());

    assertMissing(
        RedisConnection.toSentinels(URI.create("redis://mymaster"), asked),
        "no sentinel named a master");
    assertMissing(RedisConnection.toCluster(asked), "no node told who serves the slots");
  }

  @Test
  @DisplayName("a port on which nothing can listen MUST be refused, and not be quoted")
  void noPort() {
    for (String port : List.of("0", "65536")) {
      assertThatThrownBy(() -> RedisConnection.to(URI.create("redis://127.0.0.1:" + port)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not from 1 to 65535")
          .hasMessageNotContaining("65536");
    }
  }

  @Test
  @DisplayName("a closed store MUST say that it is closed")
  void closed() throws IOException {
    RedisSessionStore store = RedisSessionStore.connect(URI.create(nobody()));
    store.close();

    assertThatThrownBy(() -> store.find(KEY))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("the client is closed");
  }

  @Test
  @DisplayName("a call that may have been sent MUST NOT be said to be unsent")
  void sentAndLost() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread crashing = new Thread(() -> readOneCommandAndCrash(server));
      crashing.start();
      URI uri = URI.create("redis://127.0.0.1:" + server.getLocalPort());
      try (RedisSessionStore store = RedisSessionStore.connect(uri)) {
        assertThatThrownBy(() -> store.delete(KEY))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("lost its connection")
            .hasMessageNotContaining("not sent");
      }
      crashing.join();
    }
  }

  private static void assertMissing(RedisConnection connection, String what) {
    RedisConnection hasty = connection.withSocketTimeout(Duration.ofMillis(50));
    try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
      assertThatThrownBy(() -> store.find(KEY))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("was not sent: " + what)
          .hasMessageNotContaining("timeout");
    }
  }

  private static void readOneCommandAndCrash(ServerSocket server) {
    try (Socket client = server.accept()) {
      int read = client.getInputStream().read();
      server.close();
      assertThat(read).isEqualTo('*');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free a moment ago. */
  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "redis://127.0.0.1:" + free.getLocalPort();
    }
  }
}
