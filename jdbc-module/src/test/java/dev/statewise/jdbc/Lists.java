package dev.statewise.jdbc;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import dev.statewise.tck.LostReplies;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Revocation lists in a database, each namespace under a prefix of its own. */
final class Lists {

  private Lists() {}

  static JdbcRevocationList.Builder builder(DataSource source, String namespace) {
    return JdbcRevocationList.builder(source)
        .tablePrefix(TestDatabase.prefix(namespace))
        .timeout(Duration.ofSeconds(20));
  }

  /** With its tables. */
  static JdbcRevocationList open(
      TestDatabase database, String namespace, UnaryOperator<JdbcRevocationList.Builder> form) {
    JdbcRevocationList list = form.apply(builder(database.source(), namespace)).build();
    list.createSchema();
    return list;
  }

  /** Of a server that is reached by a proxy, on tables that are there. */
  static Optional<LostReplies<RevocationList>> lossy(
      TcpProxy proxy,
      String url,
      String namespace,
      UnaryOperator<JdbcRevocationList.Builder> form) {
    ArmedSource armed = new ArmedSource(proxy);
    TestDatabase behind = TestDatabase.at(url);
    RevocationList list = form.apply(builder(armed.over(behind.source()), namespace)).build();
    return Optional.of(new LossyHandle<>(list, armed, behind, proxy));
  }

  /** What the database's own clock leaves of the longest of the floors that refuse a session. */
  static Duration keptFor(TestDatabase database, String namespace, Session session) {
    try (Connection connection = database.source().getConnection()) {
      Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      String sql =
          "SELECT MAX(kept_until) - %s FROM %sfloor WHERE name IN (?, ?, ?)"
              .formatted(dialect.now(), TestDatabase.prefix(namespace));
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, FloorName.of(session.key()));
        statement.setString(2, FloorName.of(session.subject()));
        statement.setString(3, FloorName.ALL);
        ResultSet row = statement.executeQuery();
        row.next();
        return Duration.ofMillis(row.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database gave no answer", e);
    }
  }

  static UnaryOperator<JdbcRevocationList.Builder> asking(InstantSource clock) {
    return builder -> builder.clock(clock);
  }

  static UnaryOperator<JdbcRevocationList.Builder> replicated(InstantSource clock) {
    return builder -> builder.clock(clock).replicated(Duration.ofMillis(200));
  }

  /** A new connection each time: a pool is slow to try again after an outage. */
  static DataSource unpooled(String url) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> DriverManager.getConnection(url));
  }
}
