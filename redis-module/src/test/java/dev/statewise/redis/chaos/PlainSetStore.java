package dev.statewise.redis.chaos;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * The naive way: a session is one value, and to save it is to SET it. What keeps the text of a
 * session apart from its number is no part of the experiment, so only the number is in Redis.
 */
final class PlainSetStore implements SessionStore {

  private static final Map<String, Session> TEXTS = new ConcurrentHashMap<>();

  private final UnifiedJedis client;

  PlainSetStore(UnifiedJedis client) {
    this.client = client;
  }

  @Override
  public boolean create(Session session) {
    set(session);
    return true;
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return Optional.ofNullable(client.get(Place.redisKey(key))).map(TEXTS::get);
  }

  @Override
  public ReplaceResult replace(Session next) {
    set(next);
    return ReplaceResult.REPLACED;
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    Optional<Session> found = find(key);
    found.ifPresent(session -> set(session.seenAt(lastSeen)));
    return found.isPresent();
  }

  @Override
  public boolean delete(SessionKey key) {
    return client.del(Place.redisKey(key)) == 1;
  }

  @Override
  public StoreTraits traits() {
    return new StoreTraits(true, false, false, Duration.ZERO, 1 << 20, false, 1);
  }

  @Override
  public void close() {}

  private void set(Session session) {
    String text =
        session.key() + "/" + session.version() + "/" + session.hashCode() + System.nanoTime();
    TEXTS.put(text, session);
    client.set(Place.redisKey(session.key()), text, SetParams.setParams().px(60_000));
  }
}
