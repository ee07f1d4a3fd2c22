package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.SubjectIndex;
import java.util.List;
import java.util.Optional;

/** A store that is its own index, so that a breaker can override either. */
class Indexed extends Through implements SubjectIndex {

  Indexed(SessionStore healthy) {
    super(healthy);
  }

  @Override
  public final Optional<SubjectIndex> subjects() {
    return Optional.of(this);
  }

  @Override
  public List<Session> findAll(String subject) {
    return index().findAll(subject);
  }

  @Override
  public int deleteAll(String subject) {
    return index().deleteAll(subject);
  }

  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    asCreated.putIfAbsent(session.key(), session);
    return index().admit(session, max, overflow, instead);
  }

  final SubjectIndex index() {
    return healthy.subjects().orElseThrow();
  }

  /** The subjects of all that was created. */
  final List<String> subjectsSeen() {
    return asCreated.values().stream().map(Session::subject).distinct().toList();
  }

  final boolean isAdmitted(Admission admission) {
    return admission instanceof Admission.Admitted;
  }

  final boolean isLimit(Admission admission) {
    return admission instanceof Admission.LimitReached;
  }

  /** Stores the session whatever the limit says. */
  final Admission admitted(Session session) {
    asCreated.putIfAbsent(session.key(), session);
    healthy.create(session);
    return new Admission.Admitted(List.of());
  }
}
