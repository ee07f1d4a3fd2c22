package dev.statewise.session;

import java.time.Duration;
import java.util.Objects;

/** What became of an {@code end} or {@code endAll}, and by when it holds everywhere. */
public sealed interface Ending permits Ending.Ended, Ending.Unconfirmed, NotKept, Unavailable {

  /**
   * Ended, and it stays ended.
   *
   * @param known whether there was something to end, where that can be told; a list of refusals
   *     tells whether it learnt something new
   * @param refusedWithin at the latest after this, every node that shares the store or list refuses
   *     the credential; zero if from now on
   */
  record Ended(boolean known, Duration refusedWithin) implements Ending {
    public Ended {
      Objects.requireNonNull(refusedWithin, "refusedWithin");
    }
  }

  /**
   * Written, but not acknowledged by the replicas that were asked for: a failover now could lose
   * it.
   *
   * @param refusedWithin as of {@link Ended}, provided that it is not lost
   * @param why which acknowledgement is missing
   */
  record Unconfirmed(Duration refusedWithin, String why) implements Ending {
    public Unconfirmed {
      Objects.requireNonNull(refusedWithin, "refusedWithin");
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * The ending.
   *
   * @throws OutcomeException if the session was not ended, or that is not confirmed
   */
  default Ended endedOrThrow() {
    if (this instanceof Ended ended) {
      return ended;
    }
    throw new OutcomeException(this);
  }
}
