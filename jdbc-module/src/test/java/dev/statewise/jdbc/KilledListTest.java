package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.PostgresServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.StoreUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed while refusals are written. */
class KilledListTest {

  private static final int REFUSALS = 200;

  private final String namespace = On.newNamespace();
  private final Instant until = Instant.now().plus(Duration.ofHours(1));
  private final AtomicInteger tried = new AtomicInteger();

  @Test
  @DisplayName("kill -9 of PostgreSQL MUST lose no acknowledged refusal, and log nobody out")
  void killed() {
    Servers.requirePostgres();
    Session other = Samples.of("bob");
    try (PostgresServer server = PostgresServer.start("fsync=on", "synchronous_commit=on");
        TestDatabase database =
            TestDatabase.with(server.jdbcUrl(), pool -> pool.setConnectionTimeout(250));
        JdbcRevocationList list = Lists.open(database, namespace, it -> it);
        JdbcRevocationList following =
            Lists.open(database, namespace, it -> it.replicated(Duration.ofMillis(200)))) {
      assertThat(following.isRefused(other)).isFalse();
      Callable<List<Session>> refusals = () -> refuse(list);

      List<List<Session>> acknowledged =
          Together.run(List.of(refusals, refusals, () -> killTwice(server)));

      patiently().ignoreExceptions().until(following::isFollowing);
      List<Session> ended = acknowledged.stream().flatMap(List::stream).toList();
      assertThat(ended).isNotEmpty().hasSizeLessThan(REFUSALS);
      assertThat(ended)
          .allMatch(session -> isRefused(list, session))
          .allMatch(session -> isRefused(following, session));
      assertThat(isRefused(list, other)).as("nobody was logged out").isFalse();
      assertThat(isRefused(following, other)).isFalse();
    }
  }

  /** The pool may hand out several connections, one after the other, that the last kill cut. */
  private static boolean isRefused(JdbcRevocationList list, Session session) {
    return patiently()
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> list.isRefused(session), answer -> true);
  }

  /** A server that was killed looks for what it had written, on a busy machine for long. */
  private static ConditionFactory patiently() {
    return Awaitility.await().pollDelay(Duration.ZERO).atMost(Duration.ofMinutes(1));
  }

  private List<Session> refuse(JdbcRevocationList list) {
    List<Session> acknowledged = new ArrayList<>();
    while (tried.incrementAndGet() <= REFUSALS) {
      Session session = Samples.session();
      try {
        if (list.refuseBelow(session.key(), 2, until) == Acknowledgement.RAISED) {
          acknowledged.add(session);
        }
      } catch (StoreUnavailableException e) {
        assertThat(e).hasMessageContaining("503");
      }
    }
    return acknowledged;
  }

  private List<Session> killTwice(PostgresServer server) {
    for (int at : new int[] {REFUSALS / 4, REFUSALS / 2}) {
      patiently().until(() -> tried.get() >= at);
      server.kill();
      int before = tried.get();
      patiently().until(() -> tried.get() > before + 2);
      server.restart();
    }
    return List.of();
  }

  @Test
  @DisplayName("a node that is cut off while it holds the head MUST be ended by the server")
  void cutOff() throws SQLException {
    try (TestDatabase database = On.POSTGRESQL.open();
        JdbcRevocationList list = Lists.open(database, namespace, it -> it);
        Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      list.refuseBelow(Samples.session().key(), 2, until);
      connection.setAutoCommit(false);

      statement.execute(new FloorSql(Dialect.POSTGRESQL, TestDatabase.prefix(namespace)).holdHead);

      assertThat(idleBound(statement)).isEqualTo("10s");
      connection.commit();
      assertThat(idleBound(statement)).as("on the pool's connection afterwards").isEqualTo("0");
    }
  }

  private static String idleBound(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
      row.next();
      return row.getString(1);
    }
  }
}
