package dev.statewise.jwt;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;

/** A list that is 5 seconds stale, and that fails when it is told to. */
final class FaultyList implements RevocationList {

  enum Fault {
    NONE,
    NOTHING_ANSWERS,
    NOTHING_IS_CONFIRMED
  }

  static final Duration STALENESS = Duration.ofSeconds(5);

  private final RevocationList healthy;
  Fault fault = Fault.NONE;
  Instant lastUntil = Instant.EPOCH;

  FaultyList(RevocationList healthy) {
    this.healthy = healthy;
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    failIfDown();
    return confirmed(healthy.refuseBelow(session, version, until));
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    failIfDown();
    lastUntil = until;
    return confirmed(healthy.refuseCreatedBefore(subject, createdBefore, until));
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    failIfDown();
    return confirmed(healthy.refuseAllCreatedBefore(createdBefore, until));
  }

  @Override
  public Instant floor(String subject) {
    failIfDown();
    return healthy.floor(subject);
  }

  @Override
  public boolean isRefused(Session session) {
    failIfDown();
    return healthy.isRefused(session);
  }

  @Override
  public ListTraits traits() {
    return healthy.traits().withStaleness(STALENESS);
  }

  @Override
  public void close() {}

  private Acknowledgement confirmed(Acknowledgement acknowledgement) {
    return fault == Fault.NOTHING_IS_CONFIRMED ? Acknowledgement.UNCONFIRMED : acknowledgement;
  }

  private void failIfDown() {
    if (fault == Fault.NOTHING_ANSWERS) {
      throw new StoreUnavailableException("ANY", "a test", Duration.ofMillis(1), null);
    }
  }
}
