package dev.statewise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection that goes back as it came: its auto-commit, its isolation and its network timeout
 * are what they were, and nothing is left open in it.
 */
final class Borrowed implements AutoCloseable {

  private final Connection connection;
  private final boolean autoCommit;
  private int isolation = -1;
  private int networkTimeout = -1;
  private boolean transaction;

  private Borrowed(Connection connection) throws SQLException {
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
  }

  static Borrowed from(DataSource source, TimeLeft time) throws SQLException {
    Connection connection = source.getConnection();
    try {
      Borrowed borrowed = new Borrowed(connection);
      borrowed.networkTimeout = time.bound(connection);
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
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
    transaction = true;
  }

  void commit() throws SQLException {
    if (transaction) {
      connection.commit();
    }
  }

  /** After {@code thrown}, which is what the call ends with whatever becomes of this. */
  void rollBack(Throwable thrown) {
    if (!transaction) {
      return;
    }
    try {
      connection.rollback();
    } catch (SQLException | RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      if (connection.isClosed()) {
        return;
      }
      if (connection.getAutoCommit() != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
      if (isolation >= 0) {
        connection.setTransactionIsolation(isolation);
      }
      if (networkTimeout >= 0) {
        connection.setNetworkTimeout(Runnable::run, networkTimeout);
      }
    }
  }
}
