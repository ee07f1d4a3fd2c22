package dev.statewise.session;

import java.util.Objects;
import java.util.Optional;

/** What became of a {@code save}, {@code update} or {@code rotate}. */
public sealed interface SaveResult
    permits SaveResult.Saved, SaveResult.Conflict, SaveResult.Gone, TooLarge, Unavailable {

  /**
   * Written.
   *
   * @param session the session as it is now, one version on
   * @param renewal present exactly if the client must keep a new credential from now on
   */
  record Saved(Session session, Optional<Grant> renewal) implements SaveResult {
    public Saved {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(renewal, "renewal");
    }
  }

  /**
   * Somebody else saved or rotated meanwhile. Nothing was written.
   *
   * @param current the session as it is now; empty where the state is with the client, or where it
   *     could not be read again
   */
  record Conflict(Optional<Session> current) implements SaveResult {
    public Conflict {
      Objects.requireNonNull(current, "current");
    }
  }

  /** The session has ended or expired meanwhile, and stays so. Nothing was written. */
  record Gone() implements SaveResult {}

  /**
   * What was saved.
   *
   * @throws OutcomeException if it was not saved
   */
  default Saved savedOrThrow() {
    if (this instanceof Saved saved) {
      return saved;
    }
    throw new OutcomeException(this);
  }
}
