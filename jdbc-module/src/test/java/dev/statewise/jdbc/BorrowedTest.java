package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A borrowed connection")
class BorrowedTest {

  private record State(boolean autoCommit, int isolation, int networkTimeout, boolean readOnly) {
    static State of(Connection connection) throws SQLException {
      return new State(
          connection.getAutoCommit(),
          connection.getTransactionIsolation(),
          connection.getNetworkTimeout(),
          connection.isReadOnly());
    }
  }

  @ParameterizedTest(name = "auto-commit {0}, isolation {1}")
  @CsvSource({"true, 2", "true, 8", "false, 2", "false, 8"})
  @DisplayName("MUST go back as it came after every verb")
  void asItCame(boolean autoCommit, int isolation) throws SQLException {
    try (OneConnection one = new OneConnection(Servers.postgres().jdbcUrl())) {
      JdbcSessionStore store = on(one);
      Connection connection = one.connection();
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(autoCommit);
      connection.setNetworkTimeout(Runnable::run, 77_000);
      State before = State.of(connection);
      Session session = Samples.session();

      List<Consumer<JdbcSessionStore>> verbs =
          List.of(
              it -> it.create(session),
              it -> it.create(session),
              it -> it.find(session.key()),
              it -> it.replace(session.next(Samples.NOW)),
              it -> it.touch(session.key(), Samples.NOW),
              it -> it.subjects().orElseThrow().findAll("ann"),
              it ->
                  it.subjects()
                      .orElseThrow()
                      .admit(Samples.session(), 1, Overflow.REFUSE, Optional.empty()),
              it -> it.sweep(10),
              it -> it.delete(session.key()),
              it -> it.subjects().orElseThrow().deleteAll("ann"));
      for (Consumer<JdbcSessionStore> verb : verbs) {
        verb.accept(store);
        assertThat(State.of(connection)).isEqualTo(before);
      }
      assertThat(store.find(session.key())).isEmpty();
    }
  }

  @ParameterizedTest(name = "auto-commit {0}, isolation {1}")
  @CsvSource({"true, 8", "false, 2"})
  @DisplayName("MUST go back as it came, and with nothing begun, when a verb fails")
  void afterAFailure(boolean autoCommit, int isolation) throws SQLException {
    try (OneConnection one = new OneConnection(Servers.postgres().jdbcUrl())) {
      Connection connection = one.connection();
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(autoCommit);
      connection.setNetworkTimeout(Runnable::run, 77_000);
      State before = State.of(connection);
      JdbcSessionStore store =
          JdbcSessionStore.builder(one.source()).tablePrefix("not_there_").build();

      assertThatThrownBy(() -> store.subjects().orElseThrow().deleteAll("ann"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("42P01")
          .hasMessageContaining("createSchema()");

      assertThat(State.of(connection)).isEqualTo(before);
      connection.createStatement().executeQuery("SELECT 1").close();
    }
  }

  private static JdbcSessionStore on(OneConnection one) {
    JdbcSessionStore store =
        JdbcSessionStore.builder(one.source())
            .tablePrefix(TestDatabase.prefix(On.newNamespace()))
            .build();
    store.createSchema();
    return store;
  }
}
