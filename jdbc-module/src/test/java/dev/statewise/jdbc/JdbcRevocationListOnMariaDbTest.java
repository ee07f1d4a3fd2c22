package dev.statewise.jdbc;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.RevocationListTck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("JdbcRevocationList on MariaDB")
class JdbcRevocationListOnMariaDbTest extends RevocationListTck {

  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = TestDatabase.at(Servers.mariaDb().jdbcUrl());
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
  }

  @Override
  protected RevocationList open(String namespace, InstantSource clock) {
    return Lists.open(database, namespace, Lists.asking(clock));
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    TcpProxy proxy = TcpProxy.to(Servers.mariaDb().host(), Servers.mariaDb().port());
    return Lists.lossy(proxy, Servers.mariaDb().jdbcUrl(proxy), namespace, Lists.asking(clock));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return Optional.of(Lists.keptFor(database, namespace, session));
  }
}
