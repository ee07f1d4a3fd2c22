package dev.statewise.redis;

import java.io.IOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What was seen when Redis gave no answer, as it may be told: the classes and the stack traces. The
 * words of a server may repeat what was sent to it, a password for example, so that only the first
 * of an error reply is kept; the words of the JDK and of the pool are.
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
    if (seen instanceof IOException || seen instanceof SeenException) {
      return seen;
    }
    Throwable cause = seen.getCause();
    SeenException told =
        new SeenException(text(seen), cause == null || chain == 0 ? null : of(cause, chain - 1));
    told.setStackTrace(seen.getStackTrace());
    return told;
  }

  /** The first word of an error reply. The rest may repeat what was sent. */
  static String code(JedisDataException refusal) {
    String message = refusal.getMessage() == null ? "" : refusal.getMessage();
    String word = message.split(" ", 2)[0];
    return word.matches("[A-Z]{2,20}") ? word : "an error";
  }

  private static String text(Throwable seen) {
    String name = seen.getClass().getName();
    if (seen instanceof JedisDataException refusal) {
      return name + ": " + code(refusal);
    }
    return seen instanceof NoSuchElementException ? name + ": " + seen.getMessage() : name;
  }
}
