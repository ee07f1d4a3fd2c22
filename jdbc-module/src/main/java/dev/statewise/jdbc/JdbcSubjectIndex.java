package dev.statewise.jdbc;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of each subject, by an index of the same table: so that it cannot disagree with it.
 *
 * <p>Whoever counts or ends all of a subject's holds its stripe meanwhile: one of 1,024 rows, which
 * subjects share. Nobody holds two, so nobody waits in a circle.
 */
final class JdbcSubjectIndex implements SubjectIndex {

  private static final int STRIPES = 1_024;
  private static final Comparator<Session> OLDEST_FIRST =
      Comparator.comparing(Session::createdAt).thenComparing(Session::key);

  private final SqlCalls calls;
  private final SessionSql sql;
  private final StoredSessions stored;

  JdbcSubjectIndex(SqlCalls calls, SessionSql sql, StoredSessions stored) {
    this.calls = calls;
    this.sql = sql;
    this.stored = stored;
  }

  @Override
  public List<Session> findAll(String subject) {
    if (isNobody(subject)) {
      return List.of();
    }
    byte[] bytes = SessionRow.bytes(subject);
    long hash = SessionRow.hash(bytes);
    List<SessionRow> rows =
        calls.ask("FIND_ALL", at -> at.query(sql.findAll, SessionRow::read, hash, bytes));
    return rows.stream().flatMap(row -> stored.read("FIND_ALL", row).stream()).toList();
  }

  @Override
  public int deleteAll(String subject) {
    if (isNobody(subject)) {
      return 0;
    }
    byte[] bytes = SessionRow.bytes(subject);
    long hash = SessionRow.hash(bytes);
    return calls.inTransaction(
        "DELETE_ALL",
        at -> {
          holdStripe(at, hash);
          Optional<String> newer =
              at.first(sql.findNewerOfAll, row -> row.getString(1), hash, bytes);
          if (newer.isPresent()) {
            throw new Outages("DELETE_ALL").newer(newer.get());
          }
          return at.update(sql.deleteAll, hash, bytes);
        });
  }

  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    requireOfASubject(session);
    requireNonNull(overflow, "overflow");
    requireNonNull(instead, "instead");
    if (max < 1) {
      throw new IllegalArgumentException(
          "max (%d) is below 1, so nobody could ever be admitted. Leave the limit out, or let each subject have one session."
              .formatted(max));
    }
    return calls.inTransaction("ADMIT", at -> admit(at, session, max, overflow, instead));
  }

  private Admission admit(
      Statements at, Session session, int max, Overflow overflow, Optional<SessionKey> instead)
      throws SQLException {
    byte[] subject = SessionRow.bytes(session.subject());
    long hash = SessionRow.hash(subject);
    holdStripe(at, hash);
    String key = session.key().text();
    List<SessionRow> rows = at.query(sql.findAllAndOne, SessionRow::read, key, hash, subject, key);
    List<Session> there = new ArrayList<>();
    for (SessionRow row : rows) {
      Optional<Session> found = stored.read("ADMIT", row);
      if (row.key().equals(key)) {
        return found.filter(taken -> isOwn(taken, session)).isPresent()
            ? new Admission.Admitted(List.of())
            : new Admission.KeyTaken();
      }
      found.ifPresent(there::add);
    }
    return admit(at, session, there, max, overflow, instead);
  }

  private Admission admit(
      Statements at,
      Session session,
      List<Session> there,
      int max,
      Overflow overflow,
      Optional<SessionKey> instead)
      throws SQLException {
    List<SessionKey> alive =
        there.stream()
            .filter(other -> !other.isExpiredAt(session.lastSeen()))
            .filter(other -> !instead.equals(Optional.of(other.key())))
            .sorted(OLDEST_FIRST)
            .map(Session::key)
            .toList();
    int tooMany = Math.max(0, alive.size() + 1 - max);
    if (tooMany > 0 && overflow == Overflow.REFUSE) {
      return new Admission.LimitReached();
    }
    List<SessionKey> ended = alive.subList(0, tooMany);
    at.update(sql.insert, SessionRow.inserted(session));
    for (SessionKey key : ended) {
      at.update(sql.delete, key.text());
    }
    // What lies elsewhere is no session of the same subject.
    for (Session other : there) {
      if (instead.equals(Optional.of(other.key()))) {
        at.update(sql.delete, other.key().text());
      }
    }
    return new Admission.Admitted(ended);
  }

  private void holdStripe(Statements at, long hash) throws SQLException {
    int stripe = Math.floorMod(hash, STRIPES);
    if (at.first(sql.holdStripe, row -> row.getInt(1), stripe).isEmpty()) {
      at.update(sql.addStripe, stripe);
    }
  }

  private static boolean isOwn(Session taken, Session session) {
    return taken.secretHash().equals(session.secretHash());
  }

  private static boolean isNobody(String subject) {
    return requireNonNull(subject, "subject").isEmpty();
  }

  private static void requireOfASubject(Session session) {
    if (requireNonNull(session, "session").isAnonymous()) {
      throw new IllegalArgumentException(
          "Session %s is anonymous, and anonymous sessions are not one visitor's to be counted. Create it."
              .formatted(session.key()));
    }
  }
}
