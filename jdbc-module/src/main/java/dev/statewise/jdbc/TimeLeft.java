package dev.statewise.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time of one call, from when it began. */
final class TimeLeft {

  /** The server is to stop first, so that it does not do later what nobody waits for. */
  private static final int GRACE_MILLIS = 500;

  private final Dialect dialect;
  private final long start = System.nanoTime();
  private final long nanos;

  TimeLeft(Dialect dialect, Duration timeout) {
    this.dialect = dialect;
    this.nanos = timeout.toNanos();
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  boolean isOver() {
    return left() <= 0;
  }

  /** Lets the server end a statement: in whole seconds, which is all that JDBC can say. */
  void bound(PreparedStatement statement) throws SQLException {
    if (dialect.boundsStatements()) {
      statement.setQueryTimeout(seconds());
    }
  }

  /**
   * Lets the driver give up on a connection whose server is silent, where the driver can.
   *
   * @return what was set before, to be set again; negative if nothing was changed
   */
  int bound(Connection connection) throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      int millis = seconds() * 1_000 + GRACE_MILLIS;
      if (before > 0 && before <= millis) {
        return -1;
      }
      connection.setNetworkTimeout(Runnable::run, millis);
      return before;
    } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
      return -1; // the statements alone are bounded
    }
  }

  private int seconds() {
    long whole = TimeUnit.NANOSECONDS.toSeconds(left() + TimeUnit.SECONDS.toNanos(1) - 1);
    return (int) Math.max(1, whole);
  }

  private long left() {
    return nanos - (System.nanoTime() - start);
  }
}
