package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * F14: very many sessions end at once. The server itself measures its statements.
 *
 * <p>How long they took is judged where the run is in full, {@code -Praces}: on a machine that does
 * much else it says little.
 */
@DisplayName("F14 mass expiry")
class MassExpiryTest {

  private static final boolean FULL = Integer.getInteger("statewise.races", 200) >= 10_000;
  private static final int SESSIONS = FULL ? 100_000 : 2_000;
  private static final double LONGEST_MILLIS = 10;

  private static final String OVER =
      """
      INSERT INTO sw_session (session_key, format, version, write_tag, secret_hash, created_at,
        last_seen, idle_timeout, absolute_end, subject, subject_hash, attributes, kept_until)
      SELECT substr(encode(sha256(n::text::bytea), 'hex'), 1, 15), 1, 1, n, sha256(n::text::bytea),
        0, 0, 1000, 1000, convert_to('user-' || n, 'UTF8'), n,
        convert_to(repeat('x', 1000), 'UTF8'), 1000
      FROM generate_series(1, %d) AS n
      """;

  private final String namespace = On.newNamespace();

  @Test
  @DisplayName("MUST be swept in statements of at most 100 rows")
  void bounded() {
    Servers.requirePostgres();
    try (PostgresServer server =
            PostgresServer.start("shared_preload_libraries=pg_stat_statements");
        TestDatabase database = TestDatabase.at(server.jdbcUrl());
        JdbcSessionStore store = database.open(namespace)) {
      database.run(namespace, "CREATE EXTENSION pg_stat_statements");
      database.run(namespace, OVER.formatted(SESSIONS));
      store.create(Samples.session());
      database.number(namespace, "SELECT 1 FROM pg_stat_statements_reset()");

      int swept = store.sweep(Integer.MAX_VALUE);

      List<Measured> statements = measured(database);
      say(swept, statements);
      assertThat(swept).isEqualTo(SESSIONS);
      assertThat(database.number(namespace, "SELECT COUNT(*) FROM sw_session")).isOne();
      assertThat(statements)
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(
              statement -> assertThat(statement.rows).isLessThanOrEqualTo(100 * statement.calls));
      if (FULL) {
        assertThat(statements)
            .allSatisfy(statement -> assertThat(statement.longest).isLessThan(LONGEST_MILLIS));
      }
    }
  }

  private record Measured(String text, long calls, long rows, double mean, double longest) {}

  private List<Measured> measured(TestDatabase database) {
    return database.list(
        namespace,
        "SELECT query, calls, rows, mean_exec_time, max_exec_time FROM pg_stat_statements"
            + " WHERE query LIKE '%sw_session%' AND query NOT LIKE '%pg_stat%'",
        row ->
            new Measured(
                row.getString(1).substring(0, 30),
                row.getLong(2),
                row.getLong(3),
                row.getDouble(4),
                row.getDouble(5)));
  }

  @SuppressWarnings("SystemOut") // to whoever watches the run
  private static void say(int swept, List<Measured> statements) {
    for (Measured statement : statements) {
      System.out.printf(
          "F14 %,d swept on PostgreSQL · %s… · %,d times · mean %.2f ms, longest %.2f ms%n",
          swept, statement.text, statement.calls, statement.mean, statement.longest);
    }
  }
}
