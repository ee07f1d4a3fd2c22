package dev.statewise.jdbc;

import java.sql.SQLException;

/** What is done with a connection. It may be done again from the beginning. */
@FunctionalInterface
interface SqlWork<T> {
  T with(Statements statements) throws SQLException;
}
