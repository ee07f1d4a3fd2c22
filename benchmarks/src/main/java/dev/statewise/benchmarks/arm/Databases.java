package dev.statewise.benchmarks.arm;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.statewise.StatefulSessions;
import dev.statewise.jdbc.JdbcSessionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.sql.DataSource;

/** The arms on a relational database. Each has tables of its own, and a pool of one connection. */
final class Databases {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int PREFIX_BYTES = 10;

  private Databases() {}

  /** On H2 in this process, whose tables lie in memory and go when it is closed. */
  static BuiltArm h2(Wiring wiring) {
    return on("jdbc:h2:mem:" + tablePrefix(wiring), wiring);
  }

  static BuiltArm postgres(Wiring wiring) {
    return on(wiring.servers().requirePostgres().jdbcUrl(), wiring);
  }

  private static BuiltArm on(String url, Wiring wiring) {
    HikariDataSource pool = pool(url);
    try {
      DataSource source =
          wiring.asked().<DataSource>map(asked -> CountingSource.of(pool, asked)).orElse(pool);
      JdbcSessionStore.Builder builder =
          JdbcSessionStore.builder(source).tablePrefix(tablePrefix(wiring));
      wiring.largestState().ifPresent(builder::maxStateBytes);
      JdbcSessionStore store = builder.build();
      store.createSchema();
      return new BuiltArm(
          StatefulSessions.over(store, wiring.policy()).withClock(wiring.clock()),
          () -> {
            store.close();
            pool.close();
          });
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** One that keeps its connection: a database in memory goes with its last. */
  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(TIMEOUT_MILLIS);
    config.setMaxLifetime(0);
    return new HikariDataSource(config);
  }

  /** As a key prefix, of which none is another's, in the letters that a table's name may have. */
  private static String tablePrefix(Wiring wiring) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(wiring.keyPrefix().getBytes(StandardCharsets.UTF_8));
      return "b" + HexFormat.of().formatHex(hash, 0, PREFIX_BYTES) + "_";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
