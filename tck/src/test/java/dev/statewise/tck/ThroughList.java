package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.time.Instant;

/** Passes every call through to a healthy list, until a breaker overrides one. */
class ThroughList implements RevocationList {

  final RevocationList healthy;

  ThroughList(RevocationList healthy) {
    this.healthy = healthy;
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    return healthy.refuseBelow(session, version, until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    return healthy.refuseCreatedBefore(subject, createdBefore, until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    return healthy.refuseAllCreatedBefore(createdBefore, until);
  }

  @Override
  public Instant floor(String subject) {
    return healthy.floor(subject);
  }

  @Override
  public boolean isRefused(Session session) {
    return healthy.isRefused(session);
  }

  @Override
  public ListTraits traits() {
    return healthy.traits();
  }

  @Override
  public void close() {
    healthy.close();
  }
}
