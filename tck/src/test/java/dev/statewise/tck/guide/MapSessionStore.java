package dev.statewise.tck.guide;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/** Keeps sessions in a map that is handed in: the smallest store that keeps every rule. */
final class MapSessionStore implements SessionStore {

  private static final StoreTraits TRAITS =
      new StoreTraits(false, false, false, Duration.ZERO, 1 << 20, false, 0);

  private final ConcurrentMap<SessionKey, Session> sessions;

  MapSessionStore(ConcurrentMap<SessionKey, Session> sessions) {
    this.sessions = sessions;
  }

  @Override
  public boolean create(Session session) {
    Session taken = sessions.putIfAbsent(session.key(), session);
    return taken == null || taken.secretHash().equals(session.secretHash());
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return Optional.ofNullable(sessions.get(key));
  }

  @Override
  public ReplaceResult replace(Session next) {
    while (true) {
      Session stored = sessions.get(next.key());
      if (stored == null) {
        return ReplaceResult.GONE;
      }
      if (stored.version() != next.version() - 1) {
        return ReplaceResult.CONFLICT;
      }
      if (sessions.replace(next.key(), stored, seenAt(next, stored.lastSeen()))) {
        return ReplaceResult.REPLACED;
      }
    }
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return sessions.computeIfPresent(key, (same, stored) -> seenAt(stored, lastSeen)) != null;
  }

  @Override
  public boolean delete(SessionKey key) {
    return sessions.remove(key) != null;
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public void close() {
    // The map was handed in.
  }

  private static Session seenAt(Session session, Instant lastSeen) {
    return lastSeen.isAfter(session.lastSeen()) ? session.seenAt(lastSeen) : session;
  }
}
