package dev.statewise.jwt;

import dev.statewise.session.Rejection;

/**
 * A token is refused. Leaves no public method: it becomes a {@code Verification.Refused}.
 *
 * <p>It has no message and no stack trace, so that refusing stays cheap and nothing of the token
 * can be printed.
 */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection reason;

  RefusedException(Rejection reason) {
    super(null, null, false, false);
    this.reason = reason;
  }

  Rejection reason() {
    return reason;
  }
}
