package dev.statewise.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of one call. It counts from when the call has its first connection: the wait for that is
 * the pool's to bound.
 */
final class TimeLeft {

  /** The server is to stop first, so that it does not do later what nobody waits for. */
  private static final int GRACE_MILLIS = 500;

  private final Dialect dialect;
  private final LongSupplier ticker;
  private final long start;
  private final long nanos;
  private long from;
  private boolean connected;

  TimeLeft(Dialect dialect, Duration timeout) {
    this(dialect, timeout, System::nanoTime);
  }

  TimeLeft(Dialect dialect, Duration timeout, LongSupplier ticker) {
    this.dialect = dialect;
    this.ticker = ticker;
    this.start = ticker.getAsLong();
    this.from = start;
    this.nanos = timeout.toNanos();
  }

  /** There is a connection. */
  void connected() {
    if (!connected) {
      connected = true;
      from = ticker.getAsLong();
    }
  }

  /** Since the call began. */
  Duration passed() {
    return Duration.ofNanos(ticker.getAsLong() - start);
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
    return nanos - (ticker.getAsLong() - from);
  }
}
