package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A healthy list that notes what it was told, for a breaker to make the wrong use of. */
class Noted extends ThroughList {

  /** The floors that were set of one session, one subject or all; instants in milliseconds. */
  record Note(long lowest, long last, long highest, Instant firstUntil, Instant lastUntil) {

    private Note and(long floor, Instant until) {
      return new Note(Math.min(lowest, floor), floor, Math.max(highest, floor), firstUntil, until);
    }
  }

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final String ALL = "all";

  private final Map<Object, Note> notes = new ConcurrentHashMap<>();

  Noted(RevocationList healthy) {
    super(healthy);
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    note(session, version, until);
    return super.refuseBelow(session, version, until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    note("of " + subject, millis(createdBefore), until);
    return super.refuseCreatedBefore(subject, createdBefore, until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    note(ALL, millis(createdBefore), until);
    return super.refuseAllCreatedBefore(createdBefore, until);
  }

  final Optional<Note> noted(SessionKey session) {
    return Optional.ofNullable(notes.get(session));
  }

  final Optional<Note> noted(String subject) {
    return Optional.ofNullable(notes.get("of " + subject));
  }

  final Optional<Note> notedOfAll() {
    return Optional.ofNullable(notes.get(ALL));
  }

  static long created(Session session) {
    return session.createdAt().toEpochMilli();
  }

  private static long millis(Instant instant) {
    return instant.isBefore(Instant.EPOCH)
        ? 0
        : instant.isAfter(LATEST)
            ? LATEST.toEpochMilli()
            : instant.plusNanos(999_999).toEpochMilli();
  }

  private void note(Object what, long floor, Instant until) {
    notes.merge(
        what,
        new Note(floor, floor, floor, until, until),
        (before, first) -> before.and(floor, until));
  }
}
