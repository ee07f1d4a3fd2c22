package dev.statewise.session;

import java.util.Objects;

/** What became of an {@code open} or {@code login}. */
public sealed interface OpenResult
    permits OpenResult.Opened, OpenResult.LimitReached, TooLarge, Unavailable {

  /** The session is there; send the grant's credential to the client. */
  record Opened(Grant grant) implements OpenResult {
    public Opened {
      Objects.requireNonNull(grant, "grant");
    }
  }

  /**
   * The subject already has as many live sessions as the policy allows. Nothing was written.
   *
   * @param max how many those are
   */
  record LimitReached(int max) implements OpenResult {}

  /**
   * The grant.
   *
   * @throws OutcomeException if the session was not opened
   */
  default Grant grantOrThrow() {
    if (this instanceof Opened opened) {
      return opened.grant();
    }
    throw new OutcomeException(this);
  }
}
