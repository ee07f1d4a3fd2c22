package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.statewise.embedded.PostgresServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.StoreUnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("When the database gives no answer")
class JdbcOutageTest {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private final String namespace = On.newNamespace();
  private final Session session = Samples.session();

  @Test
  @DisplayName("every verb MUST be unavailable within its time while the server is silent")
  void silent() {
    Servers.requirePostgres();
    try (PostgresServer server = PostgresServer.start();
        TestDatabase database =
            TestDatabase.with(
                server.jdbcUrl() + "&cancelSignalTimeout=1",
                pool -> pool.setConnectionTimeout(1_000));
        JdbcSessionStore store = impatient(database)) {
      store.create(session);
      List<ThrowingCallable> verbs =
          List.of(
              () -> store.find(session.key()),
              () -> store.replace(session.next(Samples.NOW)),
              () -> store.subjects().orElseThrow().deleteAll("ann"));

      server.pause();
      try {
        for (ThrowingCallable verb : verbs) {
          assertTimeoutPreemptively(
              ENOUGH, () -> assertThatThrownBy(verb).isInstanceOf(StoreUnavailableException.class));
        }
      } finally {
        server.resume();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  @DisplayName("a write that waits for another's lock MUST be unavailable, and never done later")
  void locked(On on) throws SQLException {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = impatient(database);
        Connection other = database.source().getConnection()) {
      store.create(session);
      other.setAutoCommit(false);
      other
          .createStatement()
          .executeUpdate(
              "UPDATE %ssession SET format = format".formatted(TestDatabase.prefix(namespace)));
      other
          .createStatement()
          .executeQuery(
              "SELECT session_key FROM %ssession FOR UPDATE"
                  .formatted(TestDatabase.prefix(namespace)));

      assertThatThrownBy(() -> store.touch(session.key(), Samples.NOW.plusSeconds(60)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("TOUCH on the database gave no answer");

      other.rollback();
      assertThat(store.find(session.key())).contains(session);
    }
  }

  @Test
  @DisplayName("a call MUST be told that it was not sent if the pool has no connection")
  void emptyPool() throws SQLException {
    try (TestDatabase database =
            TestDatabase.with(
                "jdbc:h2:mem:pool",
                pool -> {
                  pool.setMaximumPoolSize(1);
                  pool.setConnectionTimeout(250);
                });
        JdbcSessionStore store = database.open(namespace);
        Connection held = database.source().getConnection()) {
      assertThat(held.isClosed()).isFalse();
      assertThatThrownBy(() -> store.find(session.key()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("was not sent")
          .hasMessageContaining("enlarge the pool");
    }
  }

  @Test
  @DisplayName("a wrong password MUST be told as that, and never the password")
  void wrongPassword() {
    String url = "jdbc:h2:mem:password;DB_CLOSE_DELAY=-1";
    try (TestDatabase database = TestDatabase.at(url)) {
      database.open(namespace).close();

      assertThatThrownBy(() -> JdbcSessionStore.over(JdbcConnectionPool.create(url, "", "wr0ng")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("mend its name or password")
          .hasMessageNotContaining("wr0ng");
    }
  }

  @Test
  @DisplayName("an address where nothing listens MUST be told as that, by way of a pool too")
  void nobodyThere() {
    try (TestDatabase database =
        TestDatabase.with(
            "jdbc:postgresql://127.0.0.1:1/postgres",
            pool -> {
              pool.setInitializationFailTimeout(-1);
              pool.setConnectionTimeout(500);
            })) {
      assertThatThrownBy(() -> JdbcSessionStore.over(database.source()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("Nothing answers at that address");
    }
  }

  @Test
  @DisplayName("who may not make tables MUST be told so, and not to allow reads and writes")
  void mayNotMakeTables() {
    try (TestDatabase database = On.POSTGRESQL.open()) {
      database.run(namespace, "CREATE ROLE sw_guest LOGIN");
      String guest = TestDatabase.prefix(namespace) + "guest";
      try (TestDatabase theirs =
          TestDatabase.with(
              "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(Servers.postgres().port()),
              pool -> pool.setUsername(guest))) {
        assertThatThrownBy(() -> theirs.open(namespace))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("create tables");
      }
      database.run(namespace, "DROP ROLE sw_guest");
    }
  }

  @Test
  @DisplayName("a pool that is closed MUST be an outage")
  void closedPool() {
    TestDatabase database = TestDatabase.h2("closed");
    JdbcSessionStore store = database.open(namespace);
    database.close();

    assertThatThrownBy(() -> store.find(session.key()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("a connection that the server ended MUST cost no call its answer")
  void ended() {
    try (TestDatabase database = On.POSTGRESQL.open();
        JdbcSessionStore store = database.open(namespace)) {
      store.create(session);
      for (int i = 0; i < 5; i++) {
        endAllOthers();
        assertThat(store.touch(session.key(), Samples.NOW.plusSeconds(i))).isTrue();
        endAllOthers();
        assertThat(store.find(session.key())).isPresent();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("a transaction that a deadlock undid MUST be done again")
  void deadlock(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      Session other = Samples.session();
      store.create(session);
      store.create(other);
      SqlCalls calls =
          new SqlCalls(database.source(), Database.of(database.source(), ENOUGH).dialect(), ENOUGH);

      List<Boolean> done =
          Together.run(() -> both(calls, session, other), () -> both(calls, other, session));

      assertThat(done).containsExactly(true, true);
      assertThat(database.number(namespace, "SELECT MIN(write_tag) FROM sw_session")).isEqualTo(2);
    }
  }

  private boolean both(SqlCalls calls, Session first, Session second) {
    String sql =
        "UPDATE %ssession SET write_tag = CASE WHEN write_tag = 1 THEN 2 ELSE 1 END WHERE session_key = ?"
            .formatted(TestDatabase.prefix(namespace));
    return calls.inTransaction(
        "BOTH",
        at -> {
          at.update(sql, first.key().text());
          pause();
          at.update(sql, second.key().text());
          return true;
        });
  }

  @Test
  @DisplayName("writes MUST be done though the pool's transactions are serializable")
  void serializable() {
    try (TestDatabase database =
            TestDatabase.with(
                Servers.postgres().jdbcUrl(),
                pool -> pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE"));
        JdbcSessionStore store = database.open(namespace)) {
      store.create(session);
      List<Callable<Boolean>> touches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        touches.add(
            () -> {
              boolean all = true;
              for (int j = 0; j < 50; j++) {
                all &= store.touch(session.key(), Samples.NOW.plusSeconds(j));
              }
              return all;
            });
      }

      assertThat(Together.run(touches)).containsOnly(true);
    }
  }

  @Test
  @DisplayName("a limit MUST be kept though the pool's transactions are of one snapshot")
  void repeatableRead() {
    try (TestDatabase database =
            TestDatabase.with(
                Servers.postgres().jdbcUrl(),
                pool -> pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ"));
        JdbcSessionStore store = database.open(namespace)) {
      for (int i = 0; i < 25; i++) {
        String subject = "user-" + i;
        List<Callable<Object>> logins = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
          Session login = Samples.of(subject);
          logins.add(
              () ->
                  store
                      .subjects()
                      .orElseThrow()
                      .admit(login, 1, Overflow.REFUSE, Optional.empty()));
        }
        Together.run(logins);
        assertThat(store.subjects().orElseThrow().findAll(subject)).hasSize(1);
      }
    }
  }

  @Test
  @DisplayName("no word of the server MUST be passed on")
  void words() {
    try (TestDatabase database = On.POSTGRESQL.open();
        JdbcSessionStore store = database.open(namespace)) {
      database.run(namespace, "ALTER TABLE sw_session ADD CHECK (session_key = '')");
      Session secret = Samples.of("s3cr3t-subject").with("token", "s3cr3t-value");

      assertThatThrownBy(() -> store.create(secret))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("SQLSTATE 23514")
          .satisfies(
              thrown -> {
                StringWriter all = new StringWriter();
                thrown.printStackTrace(new PrintWriter(all));
                assertThat(all.toString())
                    .doesNotContain("s3cr3t")
                    .doesNotContain("Failing row")
                    .doesNotContain(secret.key().text());
              });
    }
  }

  @Test
  @DisplayName("an interrupted thread MUST be told so at once, without a word to the database")
  void interrupted() {
    try (TestDatabase database = TestDatabase.h2("interrupted");
        JdbcSessionStore store = database.open(namespace)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> store.create(session)).isInstanceOf(StoreUnavailableException.class);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.find(session.key())).isEmpty();
    }
  }

  @Test
  @DisplayName("threads that are interrupted within a call MUST NOT cost others their database")
  void interruptedInAFile(@TempDir Path directory) throws InterruptedException {
    try (TestDatabase database = TestDatabase.at("jdbc:h2:retry:" + directory.resolve("x"));
        JdbcSessionStore store = database.open(namespace)) {
      store.create(session);
      for (int i = 0; i < 200; i++) {
        AtomicBoolean stopped = new AtomicBoolean();
        Thread writer = new Thread(() -> writeUntil(stopped, store));
        writer.start();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(4_000_000));
        writer.interrupt();
        stopped.set(true);
        writer.join();
        assertThat(store.find(session.key())).contains(session);
      }
    }
  }

  /** Not until it is interrupted: H2 may clear that flag. */
  private static void writeUntil(AtomicBoolean stopped, JdbcSessionStore store) {
    while (!stopped.get()) {
      try {
        store.create(Samples.session().with("all", "x".repeat(20_000)));
      } catch (StoreUnavailableException e) {
        return;
      }
    }
  }

  @Test
  @DisplayName("a database that is not known MUST be refused by name")
  void unknown() {
    assertThatThrownBy(() -> Dialect.of("Derby"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Derby");
  }

  private JdbcSessionStore impatient(TestDatabase database) {
    return database.open(namespace, settings -> settings.timeout(Duration.ofSeconds(1)));
  }

  private static void endAllOthers() {
    try (TestDatabase admin = On.POSTGRESQL.open()) {
      admin.number(
          "x",
          "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }
  }

  /** The deadlock need not happen for the test to hold; this lets it. */
  private static void pause() {
    LockSupport.parkNanos(50_000_000);
  }
}
