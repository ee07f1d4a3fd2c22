package dev.statewise.jdbc.guide;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.jdbc.JdbcRevocationList;
import dev.statewise.jdbc.JdbcSessionStore;
import dev.statewise.spi.TokenService;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** What the guide shows, so that it compiles. Nothing of it is run. */
final class Snippets {

  private Snippets() {}

  static StatefulSessions setUp() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:postgresql://db:5432/app?cancelSignalTimeout=1&connectTimeout=2&tcpKeepAlive=true");
    config.setConnectionTimeout(1_000);
    config.setValidationTimeout(1_000);
    DataSource pool = new HikariDataSource(config);

    JdbcSessionStore store =
        JdbcSessionStore.builder(pool)
            .timeout(Duration.ofSeconds(2))
            .sweepEvery(Duration.ofMinutes(1))
            .build();
    StatefulSessions sessions = StatefulSessions.over(store, SessionPolicy.defaults());
    return sessions;
  }

  static void tables(JdbcSessionStore store) {
    store.createSchema();
  }

  static int sweeper(JdbcSessionStore store) {
    int swept = store.sweep(10_000);
    return swept;
  }

  static JdbcSessionStore h2() {
    DataSource file =
        JdbcConnectionPool.create("jdbc:h2:retry:./sessions;LOCK_TIMEOUT=2000", "sa", "");
    JdbcSessionStore local = JdbcSessionStore.over(file);
    local.createSchema();
    return local;
  }

  static Sessions refusals(DataSource pool, TokenService tokens) {
    JdbcRevocationList refusals =
        JdbcRevocationList.builder(pool)
            .replicated(Duration.ofSeconds(1))
            .sweepEvery(Duration.ofMinutes(1))
            .build();
    Sessions hybrid = HybridSessions.over(tokens, refusals, SessionPolicy.defaults());
    return hybrid;
  }
}
