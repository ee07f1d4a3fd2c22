package dev.statewise.jdbc;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("JdbcSessionStore on H2 in memory")
class JdbcSessionStoreOnH2Test extends SessionStoreTck {

  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = TestDatabase.h2("kit-session");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return database.open(namespace);
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return Optional.of(database.keptFor(namespace, key));
  }
}
