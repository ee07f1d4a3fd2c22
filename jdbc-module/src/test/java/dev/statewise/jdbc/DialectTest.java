package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A dialect")
class DialectTest {

  private static final long SUMMER_TIME_ENDS = 1_761_440_400;
  private static final long HALF_AN_HOUR = 1_800;

  /** A zone whose clocks are put back by an hour at that moment. */
  private static final List<String> ZONE =
      List.of(
          "DELETE FROM mysql.time_zone_name WHERE Name = 'Statewise/Fold'",
          "INSERT INTO mysql.time_zone (Use_leap_seconds) VALUES ('N')",
          "SET @zone = LAST_INSERT_ID()",
          "INSERT INTO mysql.time_zone_name (Name, Time_zone_id) VALUES ('Statewise/Fold', @zone)",
          "INSERT INTO mysql.time_zone_transition_type VALUES (@zone, 0, 3600, 0, 'WIN'), (@zone, 1, 7200, 1, 'SUM')",
          "INSERT INTO mysql.time_zone_transition VALUES (@zone, 0, 0), (@zone, 1743296400, 1), (@zone, %d, 0)"
              .formatted(SUMMER_TIME_ENDS),
          "SET time_zone = 'Statewise/Fold'");

  @Test
  @DisplayName("MUST tell the time in the hour that a session's time zone has twice")
  void whenSummerTimeEnds() throws SQLException {
    try (TestDatabase database = On.MARIADB.open();
        Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : ZONE) {
        statement.execute(sql);
      }

      long before = now(statement, SUMMER_TIME_ENDS - HALF_AN_HOUR);
      long after = now(statement, SUMMER_TIME_ENDS + HALF_AN_HOUR);

      assertThat(before).isEqualTo((SUMMER_TIME_ENDS - HALF_AN_HOUR) * 1_000 + 123);
      assertThat(after).isEqualTo((SUMMER_TIME_ENDS + HALF_AN_HOUR) * 1_000 + 123);
    }
  }

  private static long now(Statement statement, long seconds) throws SQLException {
    statement.execute("SET timestamp = " + seconds + ".123");
    try (ResultSet row = statement.executeQuery("SELECT " + Dialect.MYSQL.now())) {
      row.next();
      return row.getLong(1);
    }
  }
}
