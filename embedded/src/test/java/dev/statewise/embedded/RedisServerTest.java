package dev.statewise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisServerTest {
  @BeforeAll
  static void aServerIsAvailable() {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElseThrow());
  }

  @Test
  @DisplayName("a started server MUST answer on the loopback address, its port and its URI")
  void answers() throws IOException {
    try (RedisServer server = RedisServer.start()) {
      try (RespClient client = connect(server)) {
        assertThat(client.ask("SET", "cart", "42")).isEqualTo("+OK");
        assertThat(client.ask("GET", "cart")).isEqualTo("42");
        assertThat(client.ask("INFO", "server")).contains("process_id:" + server.pid() + "\r\n");
      }
      assertThat(server.uri()).hasToString("redis://127.0.0.1:" + server.port());
    }
  }

  @Test
  @DisplayName("version() MUST be what the running server reports")
  void version() throws IOException {
    try (RedisServer server = RedisServer.start();
        RespClient client = connect(server)) {
      assertThat(client.ask("INFO", "server")).contains("_version:" + server.version() + "\r\n");
    }
  }

  @Test
  @DisplayName("two servers MUST live side by side and share nothing")
  void twoAtOnce() throws IOException {
    try (RedisServer one = RedisServer.start();
        RedisServer other = RedisServer.start();
        RespClient toOne = connect(one);
        RespClient toOther = connect(other)) {
      toOne.ask("SET", "cart", "42");

      assertThat(toOther.ask("GET", "cart")).isEqualTo("$-1");
      assertThat(one.port()).isNotEqualTo(other.port());
    }
  }

  @Test
  @DisplayName("a server MUST keep nothing on disk unless told to")
  void keepsNothing() throws IOException {
    try (RedisServer server = RedisServer.start()) {
      try (RespClient client = connect(server)) {
        assertThat(client.ask("SET", "cart", "42")).isEqualTo("+OK");
      }

      server.restart();

      try (RespClient client = connect(server)) {
        assertThat(client.ask("GET", "cart")).isEqualTo("$-1");
      }
    }
  }

  @Test
  @DisplayName("restart() MUST come back on the same port, with another process, after a kill too")
  void restartsAfterKill() throws IOException {
    try (RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always")) {
      int port = server.port();
      long killed = server.pid();
      try (RespClient client = connect(server)) {
        assertThat(client.ask("SET", "cart", "42")).isEqualTo("+OK");
      }

      server.kill();
      boolean survived = server.isRunning();
      server.restart();

      assertThat(survived).isFalse();
      assertThat(server.pid()).isNotEqualTo(killed);
      assertThat(server.port()).isEqualTo(port);
      try (RespClient client = connect(server)) {
        assertThat(client.ask("GET", "cart")).isEqualTo("42");
      }
    }
  }

  @Test
  @DisplayName("kill() MUST break open connections and refuse new ones, and MAY be repeated")
  void kills() throws IOException {
    try (RedisServer server = RedisServer.start();
        RespClient client = connect(server)) {
      server.kill();
      server.kill();

      assertThat(catchThrowable(() -> client.ask("PING"))).isInstanceOf(IOException.class);
      assertThat(catchThrowable(() -> connect(server).close())).isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("a paused server MUST give no answer, and MUST give it once it is resumed")
  void pauses() throws IOException {
    try (RedisServer server = RedisServer.start();
        RespClient client = connect(server)) {
      server.pause();
      client.send(RespClient.request("PING"));
      client.patience(Duration.ofMillis(200));
      Throwable whilePaused = catchThrowable(client::reply);
      client.patience(Duration.ofSeconds(20));
      server.resume();

      assertThat(whilePaused).isInstanceOf(SocketTimeoutException.class);
      assertThat(client.reply()).isEqualTo("+PONG");
    }
  }

  @Test
  @DisplayName("pause() of a server that does not run MUST be refused with advice")
  void refusesToPauseTheDead() {
    try (RedisServer server = RedisServer.start()) {
      server.kill();

      assertThatThrownBy(server::pause)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Restart it first");
    }
  }

  @Test
  @DisplayName("close() MUST end the process and delete its directory, also when it is paused")
  void leavesNothing() throws IOException {
    RedisServer server = RedisServer.start();
    Path directory = directoryOf(server);
    boolean wasThere = Files.isDirectory(directory);

    server.pause();
    server.close();
    server.close();

    assertThat(wasThere).isTrue();
    assertThat(directory).doesNotExist();
    assertThat(ProcessHandle.of(server.pid())).isEmpty();
    assertThatThrownBy(server::restart).hasMessageContaining("closed");
  }

  @Test
  @DisplayName("arguments MUST override the defaults")
  void argumentsOverride() throws IOException {
    try (RedisServer server = RedisServer.start("--maxmemory", "10mb", "--databases", "3");
        RespClient client = connect(server)) {
      assertThat(client.ask("SELECT", "2")).isEqualTo("+OK");
      assertThat(client.ask("SELECT", "3")).startsWith("-ERR");
      assertThat(client.ask("INFO", "memory")).contains("maxmemory:10485760\r\n");
    }
  }

  @Test
  @DisplayName("a server with a password MUST be found ready without it")
  void startsWithAPassword() throws IOException {
    try (RedisServer server = RedisServer.start("--requirepass", "for tests only");
        RespClient client = connect(server)) {
      assertThat(client.ask("PING")).startsWith("-NOAUTH");
      assertThat(client.ask("AUTH", "for tests only")).isEqualTo("+OK");
    }
  }

  @Test
  @DisplayName("a server that does not start MUST be reported with its last lines")
  void reportsItsLastLines() {
    Throwable failure = catchThrowable(() -> RedisServer.start("--no-such-setting", "1"));

    assertThat(failure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("Bad directive");
  }

  @Test
  @DisplayName("a wanted port that is taken MUST be reported, never exchanged for another")
  void keepsToTheWantedPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> RedisServer.start("--port", port))
          .hasMessageContaining("on port " + port)
          .hasMessageContaining("in use");
    }
  }

  @Test
  @DisplayName("a free port that another server took meanwhile MUST be exchanged for another")
  void triesAnotherPort() throws IOException {
    try (RedisServer stranger = RedisServer.start();
        RedisServer free = RedisServer.start()) {
      free.kill();
      PrimitiveIterator.OfInt ports = IntStream.of(stranger.port(), free.port()).iterator();

      try (RedisServer server = RedisServer.start(ports::nextInt);
          RespClient client = connect(server)) {
        assertThat(server.port()).isEqualTo(free.port());
        assertThat(client.ask("INFO", "server")).contains("process_id:" + server.pid() + "\r\n");
      }
    }
  }

  @Test
  @DisplayName("a replica MUST follow its master, also one with a password, and outlive it")
  void replica() throws IOException {
    try (RedisServer master = RedisServer.start("--requirepass", "for tests only");
        RedisServer replica = master.startReplica()) {
      try (RespClient client = connect(master)) {
        client.ask("AUTH", "for tests only");
        assertThat(client.ask("SET", "cart", "42")).isEqualTo("+OK");
        assertThat(client.ask("WAIT", "1", "20000")).isEqualTo(":1");
      }

      master.kill();

      try (RespClient client = connect(replica)) {
        client.ask("AUTH", "for tests only");
        assertThat(client.ask("GET", "cart")).isEqualTo("42");
      }
    }
  }

  private static RespClient connect(RedisServer server) throws IOException {
    return new RespClient(server.host(), server.port());
  }

  private static Path directoryOf(RedisServer server) throws IOException {
    try (RespClient client = connect(server)) {
      client.send(RespClient.request("CONFIG", "GET", "dir"));
      client.reply(); // the array's header
      client.reply(); // the setting's name
      return Path.of(client.reply());
    }
  }
}
