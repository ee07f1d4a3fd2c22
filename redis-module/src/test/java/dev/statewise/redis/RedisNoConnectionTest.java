package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is said when there is no connection")
class RedisNoConnectionTest {

  private static final SessionKey KEY = new SessionKey("AAAAAAAAAAAAAAA");

  @Test
  @DisplayName("a refused connection MUST be told from a slow server, with its own remedy")
  void refused() throws IOException {
    try (RedisSessionStore store = RedisSessionStore.connect(URI.create(nobody()))) {
      assertThatThrownBy(() -> store.find(KEY))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("the connection was refused")
          .hasMessageContaining("503")
          .hasMessageNotContaining("timeout");
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

  /** A port that was free a moment ago. */
  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "redis://127.0.0.1:" + free.getLocalPort();
    }
  }
}
