package dev.statewise.jdbc;

import dev.statewise.spi.StoreUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A floor as it is written.
 *
 * @param keptForMillis from now on
 * @param tag random; tells a call that is made twice from two calls
 */
record FloorRow(String name, long floor, long keptForMillis, long tag) {

  static final int FORMAT = 1;

  FloorRow(String name, long floor, long keptForMillis) {
    this(name, floor, keptForMillis, ThreadLocalRandom.current().nextLong());
  }

  static Head head(ResultSet row) throws SQLException {
    return new Head(row.getLong(1), row.getLong(2), row.getLong(3));
  }

  /**
   * The number of the floor in a row.
   *
   * @throws StoreUnavailableException if it is of a format that is not known, and so is neither
   *     passed over nor overwritten
   */
  static long floor(String verb, ResultSet row, int formatAt, int floorAt) throws SQLException {
    int format = row.getInt(formatAt);
    if (format != FORMAT) {
      throw new StoreUnavailableException(
          "%s found a refusal of format %d, and this version knows %d, so the session is neither confirmed nor denied. Answer 503, not 401: a retry may reach a newer node. Finish the roll-out of that version, or roll it back with its rows."
              .formatted(verb, format, FORMAT),
          null);
    }
    return row.getLong(floorAt);
  }
}
