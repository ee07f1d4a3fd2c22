package dev.statewise;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;

/**
 * Told of what happens to sessions, on the thread it happens on. Metrics and audit logs hang on it.
 *
 * <p>It is never handed a secret. An exception thrown here is logged and changes nothing.
 */
public interface SessionListener {

  /**
   * {@code listener} as the front doors use theirs, for one of another module: what it is told is
   * logged first, and nothing that it throws but an {@link OutOfMemoryError} comes out.
   */
  static SessionListener safe(SessionListener listener) {
    return new SafeListener(listener);
  }

  /** A session was opened, or a login opened one in place of another. */
  default void opened(Session session) {}

  /** A credential was rejected. */
  default void rejected(Rejection reason) {}

  /**
   * A session that was there was ended by {@code end}, by a login that superseded it, or by the
   * limit. May be missed where the answer of a store was lost and the call sent again.
   */
  default void ended(SessionKey session) {}

  /** Every session of a subject was ended. */
  default void endedAll(String subject) {}

  /**
   * A credential came that had been replaced by a newer one, longer ago than a lost reply explains:
   * it was copied. The session is ended. Told by refresh tokens, which alone can tell.
   */
  default void reused(SessionKey session) {}

  /**
   * A store or list, or what verifies tokens, gave no answer.
   *
   * @param dependency which
   * @param cause what was seen
   */
  default void unavailable(String dependency, Throwable cause) {}

  /** Something is amiss that no client can see, for example a token that could not be renewed. */
  default void finding(String description) {}
}
