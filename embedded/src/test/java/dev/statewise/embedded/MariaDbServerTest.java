package dev.statewise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {
  @BeforeEach
  void aServerIsInstalled() {
    assumeTrue(
        MariaDbServer.whyUnavailable().isEmpty(),
        () -> MariaDbServer.whyUnavailable().orElseThrow());
  }

  @Test
  @DisplayName("MariaDB MUST answer, keep what was committed through a kill, and leave nothing")
  void fromBeginningToEnd() throws SQLException {
    MariaDbServer server = MariaDbServer.start("max_connections=20");
    try {
      long killed = server.pid();
      assertThat(ask(server.jdbcUrl(), "SELECT @@max_connections")).isEqualTo("20");
      assertThat(ask(server.jdbcUrl(), "SELECT VERSION()")).startsWith(major(server.version()));
      execute(server.jdbcUrl(), "CREATE TABLE carts (id int PRIMARY KEY, item varchar(20))");
      execute(server.jdbcUrl(), "INSERT INTO carts VALUES (1, 'kept')");
      try (Connection open = DriverManager.getConnection(server.jdbcUrl())) {
        open.setAutoCommit(false);
        open.createStatement().execute("INSERT INTO carts VALUES (2, 'lost')");
        server.kill();
      }

      server.restart();

      assertThat(server.pid()).isNotEqualTo(killed);
      assertThat(ask(server.jdbcUrl(), "SELECT group_concat(item) FROM carts")).isEqualTo("kept");
      server.stop();
      assertThat(server.isRunning()).isFalse();
      server.restart();
      losesAReply(server);
      Path data = Path.of(String.valueOf(ask(server.jdbcUrl(), "SELECT @@datadir")));
      boolean wasThere = Files.isDirectory(data);
      server.pause();
      server.close();
      assertThat(wasThere).isTrue();
      assertThat(data).doesNotExist();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(server::restart).hasMessageContaining("closed");
    } finally {
      server.close();
    }
  }

  private static void losesAReply(MariaDbServer server) throws SQLException {
    try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        Connection open = DriverManager.getConnection(server.jdbcUrl(proxy))) {
      open.createStatement().execute("INSERT INTO carts VALUES (3, 'told')");
      proxy.loseNextReply();
      Throwable lost =
          catchThrowable(
              () -> open.createStatement().execute("INSERT INTO carts VALUES (4, 'untold')"));

      assertThat(lost).isInstanceOf(SQLException.class);
      assertThat(ask(server.jdbcUrl(), "SELECT count(*) FROM carts")).isEqualTo("3");
    }
  }

  @Test
  @DisplayName("MariaDB that does not start MUST be reported with its last lines")
  void reportsItsLastLines() {
    assertThatThrownBy(() -> MariaDbServer.start("no-such-setting=1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended with exit code")
        .hasMessageContaining("no-such-setting");
  }

  private static String major(String version) {
    return version.substring(0, version.indexOf('.'));
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
