package dev.statewise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {
  private static @Nullable PostgresServer shared;

  @BeforeAll
  static void start() throws SQLException {
    assumeTrue(
        PostgresServer.whyUnavailable().isEmpty(),
        () -> PostgresServer.whyUnavailable().orElseThrow());
    shared = PostgresServer.start("max_connections=20");
    execute(shared.jdbcUrl(), "CREATE TABLE carts (id int PRIMARY KEY, item text)");
  }

  @AfterAll
  static void end() {
    if (shared != null) {
      shared.close();
    }
  }

  @AfterEach
  void emptied() throws SQLException {
    if (!server().isRunning()) {
      server().restart();
    }
    execute(server().jdbcUrl(), "TRUNCATE carts");
  }

  @Test
  @DisplayName("a started server MUST answer at its URL, with the settings that it was given")
  void answers() throws SQLException {
    assertThat(ask(server().jdbcUrl(), "SHOW server_version")).isEqualTo(server().version());
    assertThat(ask(server().jdbcUrl(), "SHOW max_connections")).isEqualTo("20");
    assertThat(ask(server().jdbcUrl(), "SHOW fsync")).isEqualTo("off");
    assertThat(ask(server().jdbcUrl(), "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(ask(server().jdbcUrl(), "SELECT rolsuper::text FROM pg_roles WHERE rolname = user"))
        .isEqualTo("true");
  }

  @Test
  @DisplayName(
      "what was committed MUST be there after a kill and a restart, and what was not MUST NOT")
  void recoversWhatWasCommitted() throws SQLException {
    int port = server().port();
    long killed = server().pid();
    execute(server().jdbcUrl(), "INSERT INTO carts VALUES (1, 'kept')");
    try (Connection open = DriverManager.getConnection(server().jdbcUrl())) {
      open.setAutoCommit(false);
      open.createStatement().execute("INSERT INTO carts VALUES (2, 'lost')");

      server().kill();
    }
    boolean survived = server().isRunning();
    server().restart();

    assertThat(survived).isFalse();
    assertThat(server().pid()).isNotEqualTo(killed);
    assertThat(server().port()).isEqualTo(port);
    assertThat(ask(server().jdbcUrl(), "SELECT string_agg(item, ',') FROM carts"))
        .isEqualTo("kept");
  }

  @Test
  @DisplayName("kill() MUST end every process of the server, those of its connections too")
  void killsAll() throws SQLException {
    try (Connection open = DriverManager.getConnection(server().jdbcUrl())) {
      List<ProcessHandle> all =
          ProcessHandle.of(server().pid()).orElseThrow().descendants().toList();

      server().kill();
      server().kill();

      assertThat(all).hasSizeGreaterThan(3).allMatch(ServerProcess::isGone);
      assertThat(catchThrowable(() -> open.createStatement().execute("SELECT 1")))
          .isInstanceOf(SQLException.class);
      assertThat(catchThrowable(() -> ask(server().jdbcUrl(), "SELECT 1")))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  @DisplayName("stop() MUST end the server in order, so that the next start recovers nothing")
  void stopsInOrder() throws SQLException {
    execute(server().jdbcUrl(), "INSERT INTO carts VALUES (1, 'kept')");

    server().stop();
    boolean survived = server().isRunning();
    server().restart();

    assertThat(survived).isFalse();
    assertThat(server().output()).doesNotContain("automatic recovery");
    assertThat(ask(server().jdbcUrl(), "SELECT item FROM carts")).isEqualTo("kept");
  }

  @Test
  @DisplayName("a paused server MUST give no answer, and MUST give it once it is resumed")
  void pauses() throws SQLException {
    try (Connection open = DriverManager.getConnection(server().jdbcUrl())) {
      open.setNetworkTimeout(Runnable::run, 200);

      server().pause();
      Throwable whilePaused = catchThrowable(() -> open.createStatement().execute("SELECT 1"));
      boolean lived = server().isRunning();
      server().resume();

      assertThat(whilePaused).isInstanceOf(SQLException.class);
      assertThat(lived).isTrue();
      assertThat(ask(server().jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("pause() of a server that does not run MUST be refused with advice")
  void refusesToPauseTheDead() {
    server().kill();

    assertThatThrownBy(server()::pause)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Restart it first");
  }

  @Test
  @DisplayName("behind a proxy one reply MUST be lost after the request was applied")
  void losesAReply() throws SQLException {
    try (TcpProxy proxy = TcpProxy.to(server().host(), server().port());
        Connection open = DriverManager.getConnection(server().jdbcUrl(proxy))) {
      open.createStatement().execute("INSERT INTO carts VALUES (1, 'told')");

      proxy.loseNextReply();
      Throwable lost =
          catchThrowable(
              () -> open.createStatement().execute("INSERT INTO carts VALUES (2, 'untold')"));

      assertThat(lost).isInstanceOf(SQLException.class);
      assertThat(ask(server().jdbcUrl(), "SELECT count(*) FROM carts")).isEqualTo("2");
    }
  }

  @Test
  @DisplayName("close() MUST end every process and delete the data, also when it is paused")
  void leavesNothing() throws SQLException {
    PostgresServer closing = PostgresServer.start();
    Path data = Path.of(String.valueOf(ask(closing.jdbcUrl(), "SHOW data_directory")));
    boolean wasThere = Files.isDirectory(data);

    closing.pause();
    closing.close();
    closing.close();

    assertThat(wasThere).isTrue();
    assertThat(data.getParent()).doesNotExist();
    assertThat(closing.isRunning()).isFalse();
    assertThatThrownBy(closing::restart).hasMessageContaining("closed");
  }

  @Test
  @DisplayName("a free port that another server took meanwhile MUST be exchanged for another")
  void triesAnotherPort() throws IOException, SQLException {
    int free = Ports.free();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PrimitiveIterator.OfInt ports = IntStream.of(taken.getLocalPort(), free).iterator();

      try (PostgresServer started = PostgresServer.start(ports::nextInt)) {
        assertThat(started.port()).isEqualTo(free);
        assertThat(ask(started.jdbcUrl(), "SHOW port")).isEqualTo(Integer.toString(free));
      }
    }
  }

  @Test
  @DisplayName("a server that does not start MUST be reported with its last lines")
  void reportsItsLastLines() {
    assertThatThrownBy(() -> PostgresServer.start("no_such_setting=1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("unrecognized configuration parameter");
  }

  @ParameterizedTest(name = "the setting \"{0}\" MUST be refused before anything is made")
  @ValueSource(strings = {"fsync", "=off", "port=5432", "Listen_Addresses=*"})
  void refusesASetting(String setting) {
    assertThatThrownBy(() -> PostgresServer.start(setting))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PostgresServer server() {
    PostgresServer started = shared;
    if (started == null) {
      throw new IllegalStateException("no server was started");
    }
    return started;
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static @Nullable String ask(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      assertThat(answer.next()).isTrue();
      return answer.getString(1);
    }
  }
}
