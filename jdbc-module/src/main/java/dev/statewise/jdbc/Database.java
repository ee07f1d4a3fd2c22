package dev.statewise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * What a data source leads to, as its driver says.
 *
 * @param shared whether other processes can see what is in it
 * @param durable whether what is in it survives a restart of what holds it
 */
record Database(Dialect dialect, boolean shared, boolean durable) {

  /**
   * Asks for one connection.
   *
   * @throws dev.statewise.spi.StoreUnavailableException if there is none
   * @throws IllegalArgumentException if it is a database whose SQL is not known
   */
  static Database of(DataSource source, Duration timeout) {
    TimeLeft time = new TimeLeft(Dialect.H2, timeout);
    Outages outages = new Outages("OPEN");
    outages.refuseInterrupted(time);
    try (Connection connection = source.getConnection()) {
      Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      return of(dialect, connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw outages.of(e, false, time);
    }
  }

  private static Database of(Dialect dialect, String url) {
    String address = url.toLowerCase(Locale.ROOT);
    boolean h2 = dialect == Dialect.H2;
    boolean served = address.contains(":tcp:") || address.contains(":ssl:");
    return new Database(dialect, !h2 || served, !h2 || !address.contains("mem:"));
  }
}
