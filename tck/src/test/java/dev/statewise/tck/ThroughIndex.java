package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.util.List;
import java.util.Optional;

/** Passes every call through to a healthy index, until a breaker overrides one. */
class ThroughIndex implements SubjectIndex {

  private final SubjectIndex healthy;

  ThroughIndex(SubjectIndex healthy) {
    this.healthy = healthy;
  }

  @Override
  public List<Session> findAll(String subject) {
    return healthy.findAll(subject);
  }

  @Override
  public int deleteAll(String subject) {
    return healthy.deleteAll(subject);
  }

  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    return healthy.admit(session, max, overflow, instead);
  }
}
