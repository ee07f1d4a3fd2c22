package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("With many rows in the table")
class PlansTest {

  private static final String POSTGRESQL_ROWS =
      """
      INSERT INTO sw_session SELECT 'k' || n, 1, 1, n, sha256(n::text::bytea), 0, 0, 1000, 1000,
        convert_to('user-' || n, 'UTF8'), n, 'x', 10000000000000 + n FROM generate_series(1, 5000) AS n
      """;
  private static final String H2_ROWS =
      """
      INSERT INTO sw_session SELECT 'k' || X, 1, 1, X, X'00', 0, 0, 1000, 1000, X'00', X, X'00',
        10000000000000 + X FROM SYSTEM_RANGE(1, 5000)
      """;

  private final String namespace = On.newNamespace();

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"H2", "POSTGRESQL"})
  @DisplayName("each statement MUST go by an index")
  void indexes(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      boolean h2 = on == On.H2;
      database.run(namespace, h2 ? H2_ROWS : POSTGRESQL_ROWS);
      database.run(namespace, h2 ? "ANALYZE" : "ANALYZE sw_session");
      assertThat(store.sweep(10)).isZero();
      String prefix = TestDatabase.prefix(namespace);
      Dialect dialect = h2 ? Dialect.H2 : Dialect.POSTGRESQL;
      SqlCalls calls = new SqlCalls(database.source(), dialect, Duration.ofSeconds(20));
      Sweeper sweeper = Sweeper.of(calls, prefix + "session", "session_key", 1);
      SessionSql sql = new SessionSql(dialect, prefix);

      String byKey = h2 ? "primary_key" : prefix + "session_pkey";
      String bySubject = prefix + "session_subject";
      String byTime = prefix + "session_kept";
      assertThat(plan(database, h2, sql.find)).contains(byKey).doesNotContain("seq scan");
      assertThat(plan(database, h2, sql.touch)).contains(byKey).doesNotContain("seq scan");
      assertThat(plan(database, h2, sql.delete)).contains(byKey).doesNotContain("seq scan");
      assertThat(plan(database, h2, sql.findAll)).contains(bySubject).doesNotContain("seq scan");
      assertThat(plan(database, h2, sql.deleteAll)).contains(bySubject).doesNotContain("seq scan");
      assertThat(plan(database, h2, sql.findAllAndOne))
          .contains(byKey, bySubject)
          .doesNotContain("seq scan");
      assertThat(plan(database, h2, sweeper.findExpired()))
          .contains(byTime)
          .doesNotContain("seq scan");
      assertThat(plan(database, h2, sweeper.deleteExpired()))
          .contains(byKey)
          .doesNotContain("seq scan");
    }
  }

  /** Of the statement with some value at each of its places. */
  private String plan(TestDatabase database, boolean h2, String sql) {
    String filled =
        sql.replace("LIMIT ?", "LIMIT 100")
            .replace("session_key = ?", "session_key = 'k1'")
            .replace("session_key <> ?", "session_key <> 'k1'")
            .replaceAll("session_key IN \\([^)]*\\)", "session_key IN ('k1', 'k2', 'k3')")
            .replace("subject = ?", h2 ? "subject = X''" : "subject = ''")
            .replace("?", "0");
    List<String> lines = database.list(namespace, "EXPLAIN " + filled, row -> row.getString(1));
    return String.join("\n", lines).toLowerCase(java.util.Locale.ROOT);
  }
}
