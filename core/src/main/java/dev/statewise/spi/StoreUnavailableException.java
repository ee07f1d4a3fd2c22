package dev.statewise.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store or list gave no answer: it is down, full, too slow, or was interrupted. Or what a token
 * service verifies with has failed.
 *
 * <p>Nothing is known of the session. A write may or may not have happened. The front door turns
 * this into {@code Unavailable}; answer 503, never 401.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * No answer came.
   *
   * @param operation the verb, for example {@code FIND}
   * @param endpoint what was asked, for example {@code redis at 10.0.0.7:6379}; without credentials
   * @param waited how long
   * @param cause what was seen; null if nothing was thrown
   */
  public StoreUnavailableException(
      String operation, String endpoint, Duration waited, @Nullable Throwable cause) {
    this(
        "%s on %s gave no answer within %d ms, so the session is neither confirmed nor denied. Answer 503, not 401. If this is routine, raise the client's timeout."
            .formatted(operation, endpoint, waited.toMillis()),
        cause);
  }

  /**
   * For another reason than time.
   *
   * @param message what happened, what it means and what to do; without secrets
   * @param cause what was seen; null if nothing was thrown
   */
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
