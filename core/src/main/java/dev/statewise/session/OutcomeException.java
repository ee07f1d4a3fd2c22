package dev.statewise.session;

import java.util.Objects;

/**
 * Thrown by the {@code …OrThrow()} methods alone: the outcome was not the one the caller can go on
 * with.
 *
 * <p>{@link #outcome} is the value itself, so that a caller can still tell an outage ({@link
 * Unavailable}: answer 503) from a refusal.
 */
public final class OutcomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Object outcome;

  OutcomeException(Object outcome) {
    super(
        "The outcome was %s. Handle it by its type to go on without an exception."
            .formatted(outcome));
    this.outcome = Objects.requireNonNull(outcome, "outcome");
    if (outcome instanceof Unavailable unavailable) {
      initCause(unavailable.cause());
    }
  }

  /** The result that was not a success. */
  public Object outcome() {
    return outcome;
  }
}
