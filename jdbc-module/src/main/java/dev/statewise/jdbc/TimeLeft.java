package dev.statewise.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
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

  /** When a driver is to give up on a server that is silent, counted from now. */
  int millisOfSilence() {
    return seconds() * 1_000 + GRACE_MILLIS;
  }

  private int seconds() {
    long whole = TimeUnit.NANOSECONDS.toSeconds(left() + TimeUnit.SECONDS.toNanos(1) - 1);
    return (int) Math.max(1, whole);
  }

  private long left() {
    return nanos - (System.nanoTime() - start);
  }
}
