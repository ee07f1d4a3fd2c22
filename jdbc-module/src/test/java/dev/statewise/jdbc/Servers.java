package dev.statewise.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.MariaDbServer;
import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import java.util.Optional;

/** Real servers, one of a kind for all tests of this JVM that leave it as it is. */
final class Servers {

  private Servers() {}

  static PostgresServer postgres() {
    requirePostgres();
    return Postgres.SERVER;
  }

  static void requirePostgres() {
    String why = PostgresServer.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
  }

  static MariaDbServer mariaDb() {
    String why = MariaDbServer.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
    return MariaDb.SERVER;
  }

  static Optional<LostReplies<SessionStore>> lossyPostgres(String namespace) {
    TcpProxy proxy = TcpProxy.to(postgres().host(), postgres().port());
    return lossy(namespace, proxy, postgres().jdbcUrl(proxy));
  }

  static Optional<LostReplies<SessionStore>> lossyMariaDb(String namespace) {
    TcpProxy proxy = TcpProxy.to(mariaDb().host(), mariaDb().port());
    return lossy(namespace, proxy, mariaDb().jdbcUrl(proxy));
  }

  private static Optional<LostReplies<SessionStore>> lossy(
      String namespace, TcpProxy proxy, String url) {
    ArmedSource armed = new ArmedSource(proxy);
    TestDatabase behind = TestDatabase.at(url);
    SessionStore store =
        JdbcSessionStore.builder(armed.over(behind.source()))
            .tablePrefix(TestDatabase.prefix(namespace))
            .build();
    return Optional.of(new LossyHandle<>(store, armed, behind, proxy));
  }

  private static final class Postgres {
    static final PostgresServer SERVER = PostgresServer.start("max_connections=100");
  }

  private static final class MariaDb {
    static final MariaDbServer SERVER = MariaDbServer.start();
  }
}
