package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.util.List;
import java.util.Optional;

/** An index that does what it is asked and loses each answer. */
record LossyIndex(SubjectIndex inner) implements SubjectIndex {

  @Override
  public List<Session> findAll(String subject) {
    inner.findAll(subject);
    throw lost();
  }

  @Override
  public int deleteAll(String subject) {
    inner.deleteAll(subject);
    throw lost();
  }

  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    inner.admit(session, max, overflow, instead);
    throw lost();
  }

  private static StoreUnavailableException lost() {
    return new StoreUnavailableException("The reply was lost.", null);
  }
}
