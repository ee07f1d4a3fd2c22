package dev.statewise.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one borrowed connection, each within the time that is left of the call. */
final class Statements {

  private final Borrowed connection;

  Statements(Borrowed connection) {
    this.connection = connection;
  }

  /** How many rows an INSERT, UPDATE or DELETE wrote. */
  int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** The rows that a SELECT finds. */
  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>(1);
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    }
  }

  /** The first row that a SELECT finds. */
  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return query(sql, reader, parameters).stream().findFirst();
  }

  /** Makes a table or an index that another may be making at the same time. */
  boolean define(String sql) throws SQLException {
    try {
      return update(sql) >= 0;
    } catch (SQLException e) {
      if (!Dialect.isTaken(e) && !Dialect.isThere(e)) {
        throw e;
      }
      return update(sql) >= 0;
    }
  }

  /** Whether the call has had its time. */
  boolean isTimeOver() {
    return connection.isTimeOver();
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepare(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        bind(statement, i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(at, Types.BIGINT);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(at, bytes);
    } else if (value instanceof Long number) {
      statement.setLong(at, number);
    } else if (value instanceof Integer number) {
      statement.setInt(at, number);
    } else {
      statement.setString(at, (String) value);
    }
  }
}
