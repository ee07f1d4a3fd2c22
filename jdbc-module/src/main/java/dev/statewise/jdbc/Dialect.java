package dev.statewise.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** Where the databases differ: how they tell the time, and their words for what went wrong. */
enum Dialect {
  H2("CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)") {
    // It would be set for the whole connection, with a statement of its own; LOCK_TIMEOUT bounds.
    @Override
    boolean boundsStatements() {
      return false;
    }
  },
  POSTGRESQL("CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)"),
  /**
   * MariaDB as well. By way of UTC: {@code UNIX_TIMESTAMP(NOW(3))} goes by the session's time zone,
   * and is an hour behind for an hour when its summer time ends.
   */
  MYSQL("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000");

  private static final Set<String> ALREADY_THERE = Set.of("42P07", "42710", "42S01", "42S11");
  private static final int MYSQL_DUPLICATE = 1062;
  private static final int H2_CONCURRENT_UPDATE = 90131;
  private static final int H2_LOB_REPLACED = 90039;

  private final String now;

  Dialect(String now) {
    this.now = now;
  }

  /**
   * That of a database by the name that its driver gives it.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Dialect of(String productName) {
    return switch (productName.toLowerCase(Locale.ROOT)) {
      case "h2" -> H2;
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      default ->
          throw new IllegalArgumentException(
              "The database calls itself '%s', and its SQL is not known here. Use PostgreSQL, MySQL, MariaDB or H2, or write a store of your own."
                  .formatted(productName));
    };
  }

  /** The database's clock in milliseconds since 1970: the same for all of a statement. */
  String now() {
    return now;
  }

  /**
   * One more thing to select in the statement that locks first: so that a node that was cut off
   * within a transaction does not hold others up for long. Elsewhere the server's own settings say.
   */
  String endsWhenCutOff() {
    return this == POSTGRESQL
        ? ", set_config('idle_in_transaction_session_timeout', '10000', true)"
        : "";
  }

  /** Whether a statement's time can be bounded by itself, to the second. */
  boolean boundsStatements() {
    return true;
  }

  /** For names of resources. */
  String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a row was not inserted because its key is taken. */
  static boolean isTaken(SQLException thrown) {
    return "23505".equals(thrown.getSQLState()) || thrown.getErrorCode() == MYSQL_DUPLICATE;
  }

  /** Whether a table or an index was not made because it is there. */
  static boolean isThere(SQLException thrown) {
    return ALREADY_THERE.contains(state(thrown));
  }

  /** Whether a transaction was surely undone, because of another one that is soon over. */
  static boolean isUndone(SQLException thrown) {
    String state = state(thrown);
    return state.equals("40001")
        || state.equals("40P01")
        || (state.equals("90131") && thrown.getErrorCode() == H2_CONCURRENT_UPDATE)
        || (state.equals("90039") && thrown.getErrorCode() == H2_LOB_REPLACED);
  }

  /** Five characters; empty if the driver gave none. */
  static String state(SQLException thrown) {
    return thrown.getSQLState() == null ? "" : thrown.getSQLState();
  }
}
