package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A deletion")
class SessionWritesTest {

  private final String namespace = On.newNamespace();
  private final Session session = Samples.session();

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"H2", "POSTGRESQL"})
  @DisplayName("MUST NOT claim a session that was created only after it")
  void createdAfterwards(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore other = database.open(namespace);
        JdbcSessionStore store =
            JdbcSessionStore.builder(
                    beforeTheSecond(database.source(), () -> other.create(session)))
                .tablePrefix(TestDatabase.prefix(namespace))
                .build()) {
      boolean wasThere = store.delete(session.key());

      assertThat(other.find(session.key())).contains(session);
      assertThat(wasThere).isFalse();
    }
  }

  /** Does something before the second statement on its connections. */
  private static DataSource beforeTheSecond(DataSource source, Runnable action) {
    AtomicInteger statements = new AtomicInteger();
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> watched(source.getConnection(), statements, action));
  }

  private static Connection watched(
      Connection connection, AtomicInteger statements, Runnable action) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  && statements.incrementAndGet() == 2) {
                action.run();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
