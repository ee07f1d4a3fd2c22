package dev.statewise.jdbc;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went wrong with a call, as an outage that says what happened and what to do. */
record Outages(String verb) {

  /** The verb under which tables are made. */
  static final String CREATE_SCHEMA = "CREATE_SCHEMA";

  private static final String ENDPOINT = "the database";

  // By whom and why PostgreSQL ends a connection: 25P03 and 57P05 are for being idle.
  private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03", "57P05", "25P03");
  private static final Set<String> H2_CLOSED = Set.of("90067", "90098", "90121");
  private static final Set<String> TOOK_TOO_LONG = Set.of("57014", "HYT00", "70100", "55P03");

  /** An interrupt is an outage; a database in this process may not survive one. */
  void refuseInterrupted(TimeLeft time) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreUnavailableException(
          verb, ENDPOINT, time.passed(), new InterruptedException());
    }
  }

  /** Whether the connection was lost, so that what was asked on it may have been done or not. */
  static boolean isLoss(SQLException thrown) {
    String state = Dialect.state(thrown);
    return !isTimeout(thrown)
        && (state.startsWith("08")
            || SHUT_DOWN.contains(state)
            || H2_CLOSED.contains(state)
            || origin(thrown, IOException.class) != null);
  }

  StoreUnavailableException of(Exception thrown, boolean connected, TimeLeft time) {
    if (origin(thrown, InterruptedException.class) != null) {
      Thread.currentThread().interrupt();
    }
    Throwable seen = SeenException.of(thrown);
    long millis = time.passed().toMillis();
    if (!connected) {
      return new StoreUnavailableException(
          "%s on %s was not sent: the data source gave no connection within %d ms. So the session is neither confirmed nor denied. Answer 503, not 401. %s"
              .formatted(verb, ENDPOINT, millis, remedyBeforeAConnection(thrown)),
          seen);
    }
    if (!(thrown instanceof SQLException failed) || isTimeout(failed)) {
      return new StoreUnavailableException(verb, ENDPOINT, time.passed(), seen);
    }
    if (isLoss(failed)) {
      return new StoreUnavailableException(
          "%s on %s lost its connection after %d ms, so the session is neither confirmed nor denied. Answer 503, not 401. If the database is up, look at what closes its connections: a restart, a firewall, or the age that the pool lets them reach."
              .formatted(verb, ENDPOINT, millis),
          seen);
    }
    String state = Dialect.state(failed);
    String remedy = remedy(state, verb.equals(CREATE_SCHEMA));
    return new StoreUnavailableException(
        "%s on %s was refused with SQLSTATE %s after %d ms, so the session is neither confirmed nor denied. Answer 503, not 401. %s"
            .formatted(verb, ENDPOINT, state.isEmpty() ? "none" : state, millis, remedy),
        seen);
  }

  /**
   * @param key of the row, which need not be a session's
   */
  StoreUnavailableException newer(String key) {
    return new StoreUnavailableException(
        "%s on %s found session %s in a newer format, so it is neither used nor overwritten. Answer 503, not 401: a retry may reach a newer node. Finish the roll-out of that version, or roll it back with its rows."
            .formatted(verb, ENDPOINT, shown(key)),
        null);
  }

  /** A key as it may be told: anything else might be somebody's secret. */
  static String shown(String key) {
    return SessionKey.parse(key).isPresent() ? key : "(of a key that is none)";
  }

  private static boolean isTimeout(SQLException thrown) {
    return thrown instanceof SQLTimeoutException
        || TOOK_TOO_LONG.contains(Dialect.state(thrown))
        || origin(thrown, SocketTimeoutException.class) != null;
  }

  /**
   * What to do if there is no connection, by the state that the driver gave; a pool passes it on,
   * or gives none.
   */
  private static String remedyBeforeAConnection(Exception thrown) {
    String state = thrown instanceof SQLException failed ? Dialect.state(failed) : "";
    return switch (state) {
      case "28000", "28P01", "28001" ->
          "The database refused the user (SQLSTATE %s): mend its name or password."
              .formatted(state);
      case "3D000", "42000", "90013", "90146" ->
          "The database has none of that name for this user (SQLSTATE %s): mend the URL, make it, or allow it."
              .formatted(state);
      case "08001" ->
          "Nothing answers at that address (SQLSTATE 08001): start the database, or mend its host and port.";
      case "53300", "08004" ->
          "The server takes no more connections (SQLSTATE %s): let it take more, or make the pools smaller."
              .formatted(state);
      default ->
          "Start the database, mend its address and password, or enlarge the pool%s."
              .formatted(state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
    };
  }

  /** What to do about a refusal of this state. */
  private static String remedy(String state, boolean makesTables) {
    return switch (state) {
      case "42P01", "42S02", "42S04", "42S03" ->
          "A table is not there: run the schema of statewise-jdbc, or createSchema(), and see that the prefix and the connection's schema are right.";
      case "42703", "42S22" ->
          "A column is not there: the table is another's, or of another version. Compare it with the schema of statewise-jdbc.";
      case "42501", "42000", "90096" ->
          makesTables
              ? "Let the database's user create tables in the connection's schema, or have another run the schema of statewise-jdbc."
              : "Let the database's user SELECT, INSERT, UPDATE and DELETE in the tables.";
      case "25006" -> "The connection or the database is read-only: point the pool at the primary.";
      case "40001", "40P01" -> "Others wrote the same rows all the while: retry.";
      case "22001" -> "A value is longer than its column: enlarge the column, or lower the limit.";
      case "53100", "53200", "53300", "53400" ->
          "The server is out of disk, memory or connections: give it more.";
      default -> "The server's own log may say more.";
    };
  }

  private static @Nullable Throwable origin(Throwable thrown, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable cause = thrown; cause != null && depth < 16; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return cause;
      }
      depth++;
    }
    return null;
  }
}
