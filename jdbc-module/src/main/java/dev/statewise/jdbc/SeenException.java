package dev.statewise.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What was seen when a database gave no answer, as it may be told: the classes, the states and the
 * stack traces. The words of a server may repeat what was sent to it, and are left out; those of
 * the JDK about a network are kept.
 */
final class SeenException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_CHAIN = 8;

  private SeenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static Throwable of(Throwable seen) {
    return of(seen, LONGEST_CHAIN);
  }

  private static Throwable of(Throwable seen, int chain) {
    if (seen instanceof IOException) {
      return seen;
    }
    Throwable cause = seen.getCause();
    SeenException told =
        new SeenException(text(seen), cause == null || chain == 0 ? null : of(cause, chain - 1));
    told.setStackTrace(seen.getStackTrace());
    return told;
  }

  private static String text(Throwable seen) {
    String name = seen.getClass().getName();
    return seen instanceof SQLException refusal
        ? "%s: SQLSTATE %s, code %d".formatted(name, Dialect.state(refusal), refusal.getErrorCode())
        : name;
  }
}
