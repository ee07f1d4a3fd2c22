package dev.statewise.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.statewise.session.SessionKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A database with a pool, in which each namespace of a kit is a prefix of its own. */
final class TestDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 12;

  private final HikariDataSource pool;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  private TestDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  static TestDatabase at(String url) {
    return with(url, config -> {});
  }

  static TestDatabase with(String url, Consumer<HikariConfig> settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(20_000);
    settings.accept(config);
    return new TestDatabase(new HikariDataSource(config));
  }

  /** In this process, and gone with it. */
  static TestDatabase h2(String name) {
    return at("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
  }

  DataSource source() {
    return pool;
  }

  String url() {
    return pool.getJdbcUrl();
  }

  JdbcSessionStore open(String namespace) {
    return open(namespace, builder -> builder);
  }

  JdbcSessionStore open(String namespace, UnaryOperator<JdbcSessionStore.Builder> settings) {
    String prefix = prefix(namespace);
    JdbcSessionStore store =
        settings
            .apply(
                JdbcSessionStore.builder(pool).tablePrefix(prefix).timeout(Duration.ofSeconds(20)))
            .build();
    if (made.add(prefix)) {
      store.createSchema();
    }
    return store;
  }

  /** What the database's own clock leaves of a row's time. */
  Duration keptFor(String namespace, SessionKey key) {
    try (Connection connection = pool.getConnection()) {
      Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      String sql =
          "SELECT kept_until - %s FROM %ssession WHERE session_key = ?"
              .formatted(dialect.now(), prefix(namespace));
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, key.text());
        ResultSet row = statement.executeQuery();
        return row.next() ? Duration.ofMillis(row.getLong(1)) : Duration.ZERO;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database gave no answer", e);
    }
  }

  /** Runs SQL in which {@code sw_} stands for the namespace's prefix. */
  int run(String namespace, String sql) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql.replace("sw_", prefix(namespace)));
    } catch (SQLException e) {
      throw new IllegalStateException("The database did not do it", e);
    }
  }

  /** The first number of a SELECT in which {@code sw_} stands for the namespace's prefix. */
  long number(String namespace, String sql) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.replace("sw_", prefix(namespace)))) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("The database gave no answer", e);
    }
  }

  /** The rows of a SELECT in which {@code sw_} stands for the namespace's prefix. */
  <T> List<T> list(String namespace, String sql, RowReader<T> reader) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.replace("sw_", prefix(namespace)))) {
      List<T> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("The database gave no answer", e);
    }
  }

  /** Two namespaces never have one prefix. */
  static String prefix(String namespace) {
    StringBuilder prefix = new StringBuilder();
    namespace.chars().forEach(letter -> prefix.append(spelt((char) letter)));
    return prefix.append('_').toString();
  }

  private static String spelt(char letter) {
    return switch (letter) {
      case '-' -> "_d";
      case ':' -> "_c";
      default -> Character.isUpperCase(letter) ? "_u" + Character.toLowerCase(letter) : "" + letter;
    };
  }

  @Override
  public void close() {
    pool.close();
  }
}
