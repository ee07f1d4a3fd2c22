package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The schema")
class SchemaTest {

  @ParameterizedTest
  @EnumSource
  @DisplayName("MUST name all its tables and indexes by the prefix")
  void prefix(Dialect dialect) {
    List<String> statements = Schema.statements("schema", dialect, "app_");

    assertThat(statements)
        .isNotEmpty()
        .allSatisfy(statement -> assertThat(statement).contains("app_"))
        .noneSatisfy(statement -> assertThat(statement).contains("sw_"));
  }

  @Test
  @DisplayName("MUST be what may be run again")
  void again() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      for (String statement : Schema.statements("schema", Dialect.H2, "sw_")) {
        connection.createStatement().execute(statement);
        connection.createStatement().execute(statement);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Sw_", "1_", "sw-", "sw_; DROP TABLE users; --", "sw_\n", "a.b", "ſw_"})
  @DisplayName("MUST refuse a prefix that cannot stand in SQL as it is")
  void injection(String prefix) {
    assertThatThrownBy(() -> Schema.requirePrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix");
  }
}
