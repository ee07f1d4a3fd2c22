package dev.statewise.jdbc;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("JdbcSessionStore on PostgreSQL")
class JdbcSessionStoreOnPostgresTest extends SessionStoreTck {

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

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return Optional.of(database.keptFor(namespace, key));
  }
}
