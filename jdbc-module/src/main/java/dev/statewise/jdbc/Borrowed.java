package dev.statewise.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import javax.sql.DataSource;

/**
 * A connection that goes back as it came: its auto-commit, its isolation and its network timeout
 * are what they were, and nothing is left open in it. One whose transaction could not be undone
 * does not go back at all.
 */
final class Borrowed implements AutoCloseable {

  private final Connection connection;
  private final TimeLeft time;
  private final boolean autoCommit;
  private final int networkTimeout;
  private int isolation = -1;
  private boolean open; // a transaction that is neither committed nor undone

  private Borrowed(Connection connection, TimeLeft time) throws SQLException {
    this.connection = connection;
    this.time = time;
    this.autoCommit = connection.getAutoCommit();
    this.networkTimeout = networkTimeout(connection);
  }

  static Borrowed from(DataSource source, TimeLeft time) throws SQLException {
    Connection connection = source.getConnection();
    time.connected();
    try {
      Borrowed borrowed = new Borrowed(connection, time);
      borrowed.boundSilence();
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A statement that has what is left of the call's time, as its round trip has.
   *
   * @throws SQLTimeoutException if nothing is left
   */
  PreparedStatement prepare(String sql) throws SQLException {
    if (time.isOver()) {
      throw new SQLTimeoutException("The time of the call was over before this statement.");
    }
    boundSilence();
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      time.bound(statement);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /** Whether the call has had its time. */
  boolean isTimeOver() {
    return time.isOver();
  }

  /** From here on each statement is a transaction of its own. */
  void eachAlone() throws SQLException {
    if (!autoCommit) {
      connection.setAutoCommit(true);
    }
  }

  /** A transaction in which each statement sees what was committed before it. */
  void begin() throws SQLException {
    int before = connection.getTransactionIsolation();
    if (before != Connection.TRANSACTION_READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      isolation = before;
    }
    if (autoCommit) {
      connection.setAutoCommit(false);
    }
    open = true;
  }

  void commit() throws SQLException {
    if (open) {
      boundSilence();
      connection.commit();
      open = false;
    }
  }

  /** After {@code thrown}, which is what the call ends with whatever becomes of this. */
  void rollBack(Throwable thrown) {
    if (!open) {
      return;
    }
    try {
      connection.rollback();
      open = false;
    } catch (SQLException | RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      if (open) {
        // To set its auto-commit back would commit what could not be undone.
        connection.abort(Runnable::run);
        return;
      }
      if (connection.isClosed()) {
        return;
      }
      if (connection.getAutoCommit() != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
      if (isolation >= 0) {
        connection.setTransactionIsolation(isolation);
      }
      setNetworkTimeout(networkTimeout);
    }
  }

  /** Lets the driver give up on a server that is silent, unless the pool lets it do so earlier. */
  private void boundSilence() throws SQLException {
    int millis = time.millisOfSilence();
    setNetworkTimeout(networkTimeout > 0 ? Math.min(networkTimeout, millis) : millis);
  }

  private void setNetworkTimeout(int millis) throws SQLException {
    if (networkTimeout >= 0) {
      connection.setNetworkTimeout(Runnable::run, millis);
    }
  }

  /** Negative where the driver has none; there the statements alone are bounded. */
  private static int networkTimeout(Connection connection) throws SQLException {
    try {
      return connection.getNetworkTimeout();
    } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
      return -1;
    }
  }
}
