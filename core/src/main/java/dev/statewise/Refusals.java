package dev.statewise;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Ending;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** What is refused through a list, and for how long a refusal must be kept. */
record Refusals(RevocationList list, SessionPolicy policy) {

  private static final long ALL_VERSIONS = Long.MAX_VALUE;
  private static final Duration ONE_MILLI = Duration.ofMillis(1);

  /** How long a refusal may take to be written without being written again. */
  private static final Duration PROMPT = Duration.ofSeconds(1);

  Refusals {
    requireNonNull(list, "list");
  }

  boolean isRefused(Session session) {
    return list.isRefused(session);
  }

  /** Whether the whole session was ended, and not only this version of it overtaken. */
  boolean isEnded(Session session) {
    return list.isRefused(SessionRules.atVersion(session, ALL_VERSIONS - 1, session.lastSeen()));
  }

  /**
   * Whether the session was ended on a list that waits for replicas: only ending it again tells
   * whether they have it by now.
   */
  boolean mayBeUnconfirmed(Session session) {
    return list.traits().keepsAcknowledged() && isEnded(session);
  }

  /**
   * When a session opened now is to say that it was created: right after a logout everywhere, in
   * the same instant too, it is on its good side.
   *
   * @throws StoreUnavailableException if sessions are refused until later than clocks differ
   */
  Instant createdAt(String subject, Instant now) {
    Instant floor = list.floor(subject);
    if (floor.isAfter(withSkew(now).plus(policy.clockSkew()).plusSeconds(1))) {
      throw new StoreUnavailableException(
          "The revocation list refuses every session that is created before %s, so none can be opened until then. If nobody meant that, remove that floor where the list keeps it."
              .formatted(floor),
          null);
    }
    return later(now, floor);
  }

  /** Refuses every token of the session before {@code version}. */
  Acknowledgement refuseBefore(Session session, long version, InstantSource clock) {
    return inTime(clock, now -> list.refuseBelow(session.key(), version, lastExpiry(session, now)));
  }

  Ending end(Session session, InstantSource clock) {
    return answer(refuseBefore(session, ALL_VERSIONS, clock));
  }

  Ending endAll(String subject, InstantSource clock) {
    Instant aheadOfEveryClock = clock.instant().plus(policy.clockSkew()).plus(ONE_MILLI);
    Instant floor = later(list.floor(subject).plus(ONE_MILLI), aheadOfEveryClock);
    return answer(
        inTime(
            clock,
            now ->
                list.refuseCreatedBefore(
                    subject, floor, withSkew(lastMinting(now, policy.refusalLife())))));
  }

  /**
   * How long a refusal is kept is counted from before it is written, and tokens are minted until it
   * is. If that took long, it is written again, to be kept as much longer.
   */
  private static Acknowledgement inTime(
      InstantSource clock, Function<Instant, Acknowledgement> refusal) {
    Instant before = clock.instant();
    Acknowledgement first = refusal.apply(before);
    Instant after = clock.instant();
    if (!after.isAfter(before.plus(PROMPT))) {
      return first;
    }
    return refusal.apply(after) == Acknowledgement.UNCONFIRMED
        ? Acknowledgement.UNCONFIRMED
        : first;
  }

  private Ending answer(Acknowledgement acknowledgement) {
    return acknowledgement.asEnding(list.traits().staleness());
  }

  /**
   * By when the last token of {@code session} that can still be minted has surely expired, and
   * whatever else the policy wants refused. Its absolute end is not asked: another token of the
   * session may have a later one.
   */
  private Instant lastExpiry(Session session, Instant now) {
    Duration own = session.idleTimeout();
    Duration life = own.compareTo(policy.refusalLife()) > 0 ? own : policy.refusalLife();
    return withSkew(lastMinting(now, life));
  }

  /**
   * A node may mint until the refusal is written, and one that has not heard of it for as long as
   * its list is stale.
   */
  private Instant lastMinting(Instant now, Duration life) {
    return now.plus(PROMPT).plus(list.traits().staleness()).plus(life);
  }

  private Instant withSkew(Instant instant) {
    return instant.plus(policy.clockSkew().multipliedBy(2));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
