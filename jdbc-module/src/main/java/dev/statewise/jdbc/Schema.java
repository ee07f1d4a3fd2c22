package dev.statewise.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The statements that make tables, from the resources that are documented. */
final class Schema {

  /** What the resources call their tables by. */
  static final String DEFAULT_PREFIX = "sw_";

  // The longest name made with it has 16 characters more, and PostgreSQL cuts names at 63.
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final Pattern NAMED = Pattern.compile("\\b" + DEFAULT_PREFIX);
  private static final int LARGEST_H2_BINARY = 1 << 20;
  private static final Pattern ATTRIBUTES =
      Pattern.compile("(\\battributes\\s+)VARBINARY\\(\\d+\\)");
  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");

  private Schema() {}

  /**
   * A prefix that may stand in SQL as it is.
   *
   * @throws IllegalArgumentException if it may not
   */
  static String requirePrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "The table prefix (%s) is not a letter of a-z and up to 39 of a-z, 0-9 and _, and it stands in SQL as it is. Choose another; the schema is chosen by the connection."
              .formatted(prefix));
    }
    return prefix;
  }

  /**
   * The statements of a resource, {@code <name>-<dialect>.sql}, for tables of another prefix. Each
   * may be run again: it makes what is not there.
   */
  static List<String> statements(String name, Dialect dialect, String prefix) {
    String text = COMMENT.matcher(read(name + "-" + dialect.lowerName() + ".sql")).replaceAll("");
    String named = NAMED.matcher(text).replaceAll(requirePrefix(prefix));
    return Arrays.stream(named.split(";", -1))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  /** The same for states that are larger than H2's columns of bytes. */
  static String fitting(String statement, Dialect dialect, int maxStateBytes) {
    return dialect == Dialect.H2 && maxStateBytes > LARGEST_H2_BINARY
        ? ATTRIBUTES.matcher(statement).replaceFirst("$1BLOB")
        : statement;
  }

  private static String read(String resource) {
    try (InputStream in = Schema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "The resource %s is not in the jar of statewise-jdbc. Build or fetch the jar anew."
                .formatted(resource));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
