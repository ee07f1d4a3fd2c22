package dev.statewise.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the row that a result is at. */
@FunctionalInterface
interface RowReader<T> {
  T read(ResultSet row) throws SQLException;
}
