package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.spi.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call")
class SqlCallsTest {

  private static final Duration ENOUGH = Duration.ofSeconds(20);

  private final TestDatabase database = TestDatabase.h2(On.newNamespace() + "-calls");

  @BeforeEach
  void table() {
    database.run("x", "CREATE TABLE one (number BIGINT)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @DisplayName("MUST leave nothing of a transaction that ended with an error of the JVM")
  void error() {
    SqlCalls calls = new SqlCalls(database.source(), Dialect.H2, ENOUGH);

    assertThatThrownBy(() -> calls.inTransaction("HALF", at -> half(at, new OutOfMemoryError())))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(rows()).isZero();
  }

  @Test
  @DisplayName("MUST leave nothing of a transaction that could not be undone in order")
  void noRollback() {
    DataSource source = failingAt("rollback", database.source());
    SqlCalls calls = new SqlCalls(source, Dialect.H2, ENOUGH);

    assertThatThrownBy(
            () -> calls.inTransaction("HALF", at -> half(at, new IllegalStateException())))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(rows()).isZero();
  }

  private static int half(Statements at, Throwable thrown) throws SQLException {
    at.update("INSERT INTO one (number) VALUES (1)");
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  @DisplayName("MUST send no further statement when its time is over")
  void over() {
    SqlCalls calls = new SqlCalls(database.source(), Dialect.H2, Duration.ZERO);

    assertThatThrownBy(
            () -> calls.ask("LATE", at -> at.update("INSERT INTO one (number) VALUES (1)")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("LATE on the database gave no answer");

    assertThat(rows()).isZero();
  }

  @Test
  @DisplayName("MUST have all of its time once it has a connection")
  void waited() {
    HandTicker ticker = new HandTicker();
    TimeLeft time = new TimeLeft(Dialect.H2, Duration.ofSeconds(3), ticker);

    ticker.advance(Duration.ofSeconds(4));
    time.connected();
    assertThat(time.millisOfSilence()).isEqualTo(3_500);

    ticker.advance(Duration.ofSeconds(2));
    time.connected(); // once more, after a loss
    assertThat(time.millisOfSilence()).isEqualTo(1_500);
    assertThat(time.isOver()).isFalse();

    ticker.advance(Duration.ofSeconds(1));
    assertThat(time.isOver()).isTrue();
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  @DisplayName("MUST be an outage though a pool throws the same exception again and again")
  void sameException() {
    SQLException same = new SQLException("lost", "08006");
    AtomicInteger attempts = new AtomicInteger();
    SqlCalls calls = new SqlCalls(database.source(), Dialect.H2, ENOUGH);

    assertThatThrownBy(
            () ->
                calls.ask(
                    "LOSE",
                    at -> {
                      attempts.incrementAndGet();
                      throw same;
                    }))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("lost its connection");
    assertThat(attempts).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"57P01", "57P05", "25P03", "08006", "90121"})
  @DisplayName("MUST be made once more when the server ended the connection")
  void ended(String state) {
    AtomicInteger attempts = new AtomicInteger();
    SqlCalls calls = new SqlCalls(database.source(), Dialect.H2, ENOUGH);

    int answer =
        calls.ask(
            "AGAIN",
            at -> {
              if (attempts.incrementAndGet() == 1) {
                throw new SQLException("ended", state);
              }
              return 7;
            });

    assertThat(answer).isEqualTo(7);
  }

  private long rows() {
    return database.number("x", "SELECT COUNT(*) FROM one");
  }

  private static DataSource failingAt(String name, DataSource source) {
    return proxied(
        DataSource.class,
        source,
        name,
        connection -> proxied(Connection.class, (Connection) connection, name, answer -> answer));
  }

  private interface Answer {
    Object of(Object answer);
  }

  private static <T> T proxied(Class<T> type, T real, String failing, Answer answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              requireOther(method, failing);
              try {
                return answers.of(method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static void requireOther(Method method, String failing) throws SQLException {
    if (method.getName().equals(failing)) {
      throw new SQLException("It fails here", "HY000");
    }
  }
}
