package dev.statewise;

import dev.statewise.session.Ending;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.Instant;

/** What is refused through a list, and for how long a refusal must be kept. */
record Refusals(RevocationList list, SessionPolicy policy) {

  private static final long ALL_VERSIONS = Long.MAX_VALUE;
  private static final Duration ONE_MILLI = Duration.ofMillis(1);

  boolean isRefused(Session session) {
    return list.isRefused(session);
  }

  /**
   * A session opened right after a logout everywhere is on its good side, in the same instant too.
   */
  Instant createdAt(String subject, Instant now) {
    return later(now, list.floor(subject));
  }

  /** Refuses every token of the session before {@code next}. */
  Acknowledgement refuseBefore(Session next, Instant now) {
    return list.refuseBelow(next.key(), next.version(), lastExpiry(next, now));
  }

  Ending end(Session session, Instant now) {
    return answer(list.refuseBelow(session.key(), ALL_VERSIONS, lastExpiry(session, now)));
  }

  Ending endAll(String subject, Instant now) {
    Instant aheadOfEveryClock = now.plus(policy.clockSkew()).plus(ONE_MILLI);
    Instant floor = later(list.floor(subject).plus(ONE_MILLI), aheadOfEveryClock);
    return answer(list.refuseCreatedBefore(subject, floor, withSkew(lastMinting(now))));
  }

  private Ending answer(Acknowledgement acknowledgement) {
    Duration staleness = list.traits().staleness();
    return switch (acknowledgement) {
      case RAISED -> new Ending.Ended(true, staleness);
      case ALREADY -> new Ending.Ended(false, staleness);
      case UNCONFIRMED ->
          new Ending.Unconfirmed(
              staleness,
              "The refusal was written and not acknowledged by the replicas that were asked for; a failover now could lose it. End the session again.");
    };
  }

  /** By when the last token of {@code session} that can still be minted has surely expired. */
  private Instant lastExpiry(Session session, Instant now) {
    Instant minted = lastMinting(now);
    return withSkew(minted.isBefore(session.absoluteEnd()) ? minted : session.absoluteEnd());
  }

  /** A node that has not heard of the refusal may mint for as long as its list is stale. */
  private Instant lastMinting(Instant now) {
    return now.plus(list.traits().staleness()).plus(policy.maxIdleTimeout());
  }

  private Instant withSkew(Instant instant) {
    return instant.plus(policy.clockSkew().multipliedBy(2));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
