package dev.statewise.session;

import java.util.List;

/** The live sessions of a subject, or why there is no list of them. */
public sealed interface Listing permits Listing.Listed, NotKept, Unavailable {

  /** All live sessions of the subject, in no order. */
  record Listed(List<Session> sessions) implements Listing {
    public Listed {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * The sessions.
   *
   * @throws OutcomeException if there is no list
   */
  default List<Session> sessionsOrThrow() {
    if (this instanceof Listed listed) {
      return listed.sessions();
    }
    throw new OutcomeException(this);
  }
}
