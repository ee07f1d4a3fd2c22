package dev.statewise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * What a data source leads to, as its driver says.
 *
 * @param shared whether other processes can see what is in it
 * @param durable whether what is in it survives a restart of what holds it
 */
record Database(Dialect dialect, boolean shared, boolean durable) {

  /** H2's file systems in memory, too. */
  private static final Pattern IN_MEMORY = Pattern.compile("[:/](nio)?mem(fs|lzf)?:");

  /**
   * Asks for one connection.
   *
   * @throws dev.statewise.spi.StoreUnavailableException if there is none
   * @throws IllegalArgumentException if it is a database whose SQL is not known, or one that shows
   *     what is not committed
   */
  static Database of(DataSource source, Duration timeout) {
    TimeLeft time = new TimeLeft(Dialect.H2, timeout);
    Outages outages = new Outages("OPEN");
    outages.refuseInterrupted(time);
    try (Connection connection = connection(source, outages, time)) {
      Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      requireCommitted(dialect, connection.getTransactionIsolation());
      return dialect == Dialect.H2
          ? h2(connection.getMetaData().getURL())
          : new Database(dialect, true, true);
    } catch (SQLException e) {
      throw outages.of(e, true, time);
    }
  }

  private static Connection connection(DataSource source, Outages outages, TimeLeft time) {
    try {
      return source.getConnection();
    } catch (SQLException | RuntimeException e) {
      throw outages.of(e, false, time);
    }
  }

  /** PostgreSQL takes READ UNCOMMITTED for READ COMMITTED. */
  private static void requireCommitted(Dialect dialect, int isolation) {
    if (dialect != Dialect.POSTGRESQL && isolation == Connection.TRANSACTION_READ_UNCOMMITTED) {
      throw new IllegalArgumentException(
          "The connections of the data source are READ UNCOMMITTED: they show what may yet be undone, so an ended session could be accepted and a living one rejected. Let them be READ COMMITTED, or leave the isolation as the database has it.");
    }
  }

  private static Database h2(String url) {
    String address = url.toLowerCase(Locale.ROOT);
    boolean served = address.contains(":tcp:") || address.contains(":ssl:");
    return new Database(Dialect.H2, served, !IN_MEMORY.matcher(address).find());
  }
}
