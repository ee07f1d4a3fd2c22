package dev.statewise.jdbc;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SubjectIndexTck;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("JdbcSessionStore on PostgreSQL")
class JdbcSubjectIndexOnPostgresTest extends SubjectIndexTck {

  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = TestDatabase.at(Servers.postgres().jdbcUrl());
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
  }

  @Override
  protected SessionStore open(String namespace) {
    return database.open(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Servers.lossyPostgres(namespace);
  }
}
