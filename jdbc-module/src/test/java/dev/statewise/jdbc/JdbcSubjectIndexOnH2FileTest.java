package dev.statewise.jdbc;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.SubjectIndexTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("JdbcSessionStore on H2 in a file")
class JdbcSubjectIndexOnH2FileTest extends SubjectIndexTck {

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
}
