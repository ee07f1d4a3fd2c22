package dev.statewise.memory;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which sessions belong to which subject.
 *
 * <p>Whatever makes or removes a session of a subject does so while it holds that subject's entry,
 * so index and sessions never disagree. The order of locks is always subject, then session.
 */
final class MemorySubjectIndex implements SubjectIndex {

  private static final Comparator<Session> OLDEST_FIRST =
      Comparator.comparing(Session::createdAt).thenComparing(Session::key);

  private final ConcurrentMap<SessionKey, Kept> sessions;
  private final ConcurrentMap<String, Set<SessionKey>> keysBySubject = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Room room;

  MemorySubjectIndex(ConcurrentMap<SessionKey, Kept> sessions, InstantSource clock, Room room) {
    this.sessions = sessions;
    this.clock = clock;
    this.room = room;
  }

  boolean create(Session session) {
    room.make();
    if (session.isAnonymous()) {
      return store(session);
    }
    return holding(
        session.subject(),
        keys -> {
          boolean stored = store(session);
          if (stored) {
            keys.add(session.key());
          }
          return stored;
        });
  }

  /** Deletes whatever session lies under the key of {@code stored} now. */
  boolean delete(Session stored) {
    if (stored.isAnonymous()) {
      return sessions.remove(stored.key()) != null;
    }
    return holding(stored.subject(), keys -> remove(keys, stored.key()));
  }

  /** Removes {@code kept} if it is unchanged: a session that was touched meanwhile stays. */
  void removeUnchanged(Kept kept) {
    Session session = kept.session();
    if (session.isAnonymous()) {
      sessions.remove(session.key(), kept);
      return;
    }
    holding(
        session.subject(),
        keys -> sessions.remove(session.key(), kept) && keys.remove(session.key()));
  }

  @Override
  public List<Session> findAll(String subject) {
    return holding(subject, keys -> stored(keys).toList());
  }

  /** How many subjects have an entry. */
  int size() {
    return keysBySubject.size();
  }

  @Override
  public int deleteAll(String subject) {
    return holding(
        subject,
        keys -> {
          int deleted = 0;
          for (SessionKey key : List.copyOf(keys)) {
            deleted += remove(keys, key) ? 1 : 0;
          }
          return deleted;
        });
  }

  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    room.make();
    return holding(session.subject(), keys -> admitHolding(keys, session, max, overflow, instead));
  }

  private Admission admitHolding(
      Set<SessionKey> keys,
      Session session,
      int max,
      Overflow overflow,
      Optional<SessionKey> instead) {
    Kept taken = sessions.get(session.key());
    if (taken != null) {
      return isOwn(taken, session) ? new Admission.Admitted(List.of()) : new Admission.KeyTaken();
    }
    List<SessionKey> alive = alive(keys, session.lastSeen(), instead);
    int tooMany = Math.max(0, alive.size() + 1 - max);
    if (tooMany > 0 && overflow == Overflow.REFUSE) {
      return new Admission.LimitReached();
    }
    List<SessionKey> ended = alive.subList(0, tooMany);
    Optional<SessionKey> superseded = instead.filter(keys::contains);
    if (ended.isEmpty() && superseded.isEmpty()) {
      room.require();
    }
    ended.forEach(key -> remove(keys, key));
    superseded.ifPresent(key -> remove(keys, key));
    sessions.put(session.key(), Kept.since(clock.millis(), session));
    keys.add(session.key());
    return new Admission.Admitted(ended);
  }

  private List<SessionKey> alive(Set<SessionKey> keys, Instant now, Optional<SessionKey> instead) {
    return stored(keys)
        .filter(session -> !session.isExpiredAt(now))
        .filter(session -> !instead.equals(Optional.of(session.key())))
        .sorted(OLDEST_FIRST)
        .map(Session::key)
        .toList();
  }

  private Stream<Session> stored(Set<SessionKey> keys) {
    return keys.stream().map(sessions::get).filter(Objects::nonNull).map(Kept::session);
  }

  private boolean store(Session session) {
    Kept taken = sessions.get(session.key());
    if (taken == null) {
      room.require();
      taken = sessions.putIfAbsent(session.key(), Kept.since(clock.millis(), session));
    }
    return taken == null || isOwn(taken, session);
  }

  private boolean remove(Set<SessionKey> keys, SessionKey key) {
    keys.remove(key);
    return sessions.remove(key) != null;
  }

  private static boolean isOwn(Kept taken, Session session) {
    return taken.session().secretHash().equals(session.secretHash());
  }

  private <R> R holding(String subject, Function<Set<SessionKey>, R> action) {
    Object[] result = new Object[1];
    keysBySubject.compute(
        subject,
        (same, keys) -> {
          Set<SessionKey> held = keys == null ? new HashSet<>(4) : keys;
          result[0] = action.apply(held);
          return held.isEmpty() ? null : held;
        });
    @SuppressWarnings("unchecked") // put there by the action, two lines above
    R answer = (R) result[0];
    return answer;
  }
}
