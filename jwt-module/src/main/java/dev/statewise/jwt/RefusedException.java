package dev.statewise.jwt;

/**
 * A token is refused. Leaves no public method: it becomes a {@code Verification.Refused}.
 *
 * <p>It has no message and no stack trace, so that refusing stays cheap and nothing of the token
 * can be printed.
 */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedException(Refusal refusal) {
    super(null, null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
