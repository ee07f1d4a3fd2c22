package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.spi.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a data source leads to")
class DatabaseTest {

  @ParameterizedTest
  @ValueSource(strings = {"mem:x", "memFS:/x", "memLZF:/x", "nioMemFS:/x"})
  @DisplayName("MUST NOT be called durable if it is in memory")
  void inMemory(String name) {
    try (TestDatabase database = TestDatabase.at("jdbc:h2:" + name)) {
      assertThat(Database.of(database.source(), Duration.ofSeconds(1)))
          .isEqualTo(new Database(Dialect.H2, false, false));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "MARIADB"})
  @DisplayName("MUST be refused if it shows what is not committed")
  void uncommitted(On on) {
    try (TestDatabase open = on.open()) {
      String url = open.url();
      try (TestDatabase database =
          TestDatabase.with(
              url, pool -> pool.setTransactionIsolation("TRANSACTION_READ_UNCOMMITTED"))) {
        assertThatThrownBy(() -> JdbcSessionStore.over(database.source()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("READ UNCOMMITTED");
        assertThatThrownBy(() -> JdbcRevocationList.over(database.source()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("READ UNCOMMITTED");
      }
    }
  }

  @Test
  @DisplayName("MUST be unavailable, whatever a broken pool throws")
  void brokenPool() {
    DataSource broken =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                  throw new IllegalStateException("The pool is broken");
                });

    assertThatThrownBy(() -> JdbcSessionStore.over(broken))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("gave no connection");
  }
}
