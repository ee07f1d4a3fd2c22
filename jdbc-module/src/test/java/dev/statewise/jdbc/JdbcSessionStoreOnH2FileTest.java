package dev.statewise.jdbc;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.SessionStoreTck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("JdbcSessionStore on H2 in a file")
class JdbcSessionStoreOnH2FileTest extends SessionStoreTck {

  @TempDir private static Path directory;

  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = TestDatabase.at("jdbc:h2:retry:" + directory.resolve("kit") + ";LOCK_TIMEOUT=20000");
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
