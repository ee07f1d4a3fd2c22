package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A handle that hears of a logout through another one a little later, and says so. */
final class BehindList extends ThroughList {

  private static final Duration BEHIND = Duration.ofMillis(2);

  private final Set<SessionKey> own = ConcurrentHashMap.newKeySet();
  private final Map<SessionKey, Long> askedFirst = new ConcurrentHashMap<>();

  BehindList(RevocationList healthy) {
    super(healthy);
  }

  @Override
  public ListTraits traits() {
    return super.traits().withStaleness(BEHIND.multipliedBy(5));
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    own.add(session);
    return super.refuseBelow(session, version, until);
  }

  @Override
  public boolean isRefused(Session session) {
    return super.isRefused(session) && (!isEnded(session) || hasHeard(session.key()));
  }

  /** By a floor of its own, as far as the kit asks for it through another handle. */
  private static boolean isEnded(Session session) {
    return session.version() > 1 && session.version() < 10;
  }

  private boolean hasHeard(SessionKey key) {
    long now = System.nanoTime();
    long first = askedFirst.computeIfAbsent(key, asked -> now);
    return own.contains(key) || now - first > BEHIND.toNanos();
  }
}
