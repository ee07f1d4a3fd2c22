package dev.statewise.benchmarks.arm;

/**
 * A PostgreSQL that was started for a run, and possibly a detour on the way to it. Its superuser
 * needs no password.
 */
public record PostgresAddress(String host, int port, String user) {

  private static final String SEPARATOR = " ";

  /** The same server through a proxy. */
  public PostgresAddress through(String otherHost, int otherPort) {
    return new PostgresAddress(otherHost, otherPort, user);
  }

  /** For a driver. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/postgres?user=%s".formatted(host, port, user);
  }

  /** As one text, which {@link #parse} reads. */
  public String text() {
    return String.join(SEPARATOR, host, String.valueOf(port), user);
  }

  /** The address in a text that {@link #text} gave. */
  public static PostgresAddress parse(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    return new PostgresAddress(parts[0], Integer.parseInt(parts[1]), parts[2]);
  }
}
