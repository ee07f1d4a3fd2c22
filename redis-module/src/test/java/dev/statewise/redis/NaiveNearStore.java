package dev.statewise.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import java.time.Instant;
import java.util.Optional;

/** A near cache as it is usually written: read, then put; delete, then invalidate. */
record NaiveNearStore(SessionStore source, Cache<SessionKey, Session> cache)
    implements SessionStore {

  NaiveNearStore(SessionStore source) {
    this(source, Caffeine.newBuilder().maximumSize(10_000).build());
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    Session copy = cache.getIfPresent(key);
    if (copy != null) {
      return Optional.of(copy);
    }
    Optional<Session> found = source.find(key);
    found.ifPresent(session -> cache.put(key, session));
    return found;
  }

  @Override
  public boolean delete(SessionKey key) {
    boolean there = source.delete(key);
    cache.invalidate(key);
    return there;
  }

  @Override
  public boolean create(Session session) {
    return source.create(session);
  }

  @Override
  public ReplaceResult replace(Session next) {
    return source.replace(next);
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return source.touch(key, lastSeen);
  }

  @Override
  public StoreTraits traits() {
    return source.traits();
  }

  @Override
  public void close() {}
}
