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

@DisplayName("A replicated JdbcRevocationList on MariaDB")
class ReplicatedListOnMariaDbTest extends RevocationListTck {

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
    return Lists.open(database, namespace, Lists.replicated(clock));
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    TcpProxy proxy = TcpProxy.to(Servers.mariaDb().host(), Servers.mariaDb().port());
    return Lists.lossy(proxy, Servers.mariaDb().jdbcUrl(proxy), namespace, Lists.replicated(clock));
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return Optional.of(Lists.keptFor(database, namespace, session));
  }

  /** The races are run in full by the list that asks; what raises a floor is the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 50);
  }
}
