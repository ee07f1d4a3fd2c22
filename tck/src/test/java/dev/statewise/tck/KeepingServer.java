package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The server beneath a store: keeps a session from its last write for as long as the session says.
 * Healthy by itself; a breaker overrides one method. Its time passes whenever it is asked.
 */
class KeepingServer {

  private static final Duration STEP = Duration.ofMillis(20);

  private record Written(Session session, int at) {}

  private final Map<SessionKey, Written> written = new HashMap<>();
  private int steps;

  Duration timeToLive(Session session) {
    return Duration.between(session.lastSeen(), session.end());
  }

  boolean isKeptAnew(Session before, Session now) {
    return !before.equals(now);
  }

  final Duration keptFor(SessionStore state, SessionKey key) {
    steps++;
    Optional<Session> stored = state.find(key);
    return stored.map(this::left).orElse(Duration.ZERO);
  }

  private Duration left(Session now) {
    Written before = written.get(now.key());
    if (before == null || isKeptAnew(before.session(), now)) {
      before = new Written(now, steps);
    }
    written.put(now.key(), new Written(now, before.at()));
    return timeToLive(now).minus(STEP.multipliedBy(steps - before.at()));
  }
}
