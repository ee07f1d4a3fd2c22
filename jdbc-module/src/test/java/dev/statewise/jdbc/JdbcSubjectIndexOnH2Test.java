package dev.statewise.jdbc;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.SubjectIndexTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("JdbcSessionStore on H2 in memory")
class JdbcSubjectIndexOnH2Test extends SubjectIndexTck {

  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = TestDatabase.h2("kit-subject");
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
