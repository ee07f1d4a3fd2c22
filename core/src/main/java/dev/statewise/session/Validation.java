package dev.statewise.session;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What became of a presented credential: accepted, rejected, or {@link Unavailable}. */
public sealed interface Validation permits Validation.Accepted, Validation.Rejected, Unavailable {

  /**
   * The credential is genuine, in time and not ended.
   *
   * @param session the session
   * @param renewal present exactly if the client must keep a new credential from now on
   */
  record Accepted(Session session, Optional<Grant> renewal) implements Validation {
    public Accepted {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(renewal, "renewal");
    }
  }

  /** The credential is not accepted. Answer 401 without the reason. */
  record Rejected(Rejection reason) implements Validation {
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The session, if the credential was accepted. Empty does not mean rejected: see {@link #fold}.
   */
  default Optional<Session> accepted() {
    return this instanceof Accepted accepted ? Optional.of(accepted.session()) : Optional.empty();
  }

  /**
   * The acceptance, with its session and its renewal.
   *
   * @throws OutcomeException if the credential was rejected or the store unavailable; {@link
   *     OutcomeException#outcome} tells which
   */
  default Accepted acceptedOrThrow() {
    if (this instanceof Accepted accepted) {
      return accepted;
    }
    throw new OutcomeException(this);
  }

  /** Calls the one function that fits; for callers without pattern matching for switch. */
  default <R> R fold(
      Function<Accepted, R> accepted,
      Function<Rejected, R> rejected,
      Function<Unavailable, R> unavailable) {
    if (this instanceof Accepted value) {
      return accepted.apply(value);
    }
    if (this instanceof Rejected value) {
      return rejected.apply(value);
    }
    return unavailable.apply((Unavailable) this);
  }
}
