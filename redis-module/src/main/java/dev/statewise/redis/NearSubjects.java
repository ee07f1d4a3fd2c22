package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.util.List;
import java.util.Optional;

/** The index of a store, which drops the copies of what it ends. */
final class NearSubjects implements SubjectIndex {

  private final SubjectIndex source;
  private final Copies copies;

  NearSubjects(SubjectIndex source, Copies copies) {
    this.source = source;
    this.copies = copies;
  }

  @Override
  public List<Session> findAll(String subject) {
    return source.findAll(subject);
  }

  @Override
  public int deleteAll(String subject) {
    copies.dropSubject(subject);
    try {
      return source.deleteAll(subject);
    } finally {
      copies.dropSubject(subject);
    }
  }

  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    instead.ifPresent(copies::drop);
    boolean answered = false;
    try {
      Admission admission = source.admit(session, max, overflow, instead);
      answered = true;
      if (admission instanceof Admission.Admitted admitted) {
        admitted.ended().forEach(copies::drop);
      }
      return admission;
    } finally {
      copies.drop(session.key());
      instead.ifPresent(copies::drop);
      if (!answered) {
        // It may have ended some of them.
        copies.dropSubject(session.subject());
      }
    }
  }
}
