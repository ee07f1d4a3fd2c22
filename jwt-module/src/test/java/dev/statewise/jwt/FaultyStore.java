package dev.statewise.jwt;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A store without an index whose calls fail when they are told to; {@code find} reads old copies.
 */
final class FaultyStore implements SessionStore {

  enum Fault {
    NONE,
    NOTHING_ANSWERS,
    REPLACE_IS_LOST,
    REPLY_TO_REPLACE_IS_LOST
  }

  private final SessionStore healthy;
  private final Map<SessionKey, Session> copies = new HashMap<>();
  Fault fault = Fault.NONE;
  private Runnable beforeReplace = () -> {};

  FaultyStore(SessionStore healthy) {
    this.healthy = healthy;
  }

  /** Somebody else is quicker, once. */
  void beforeNextReplace(Runnable other) {
    beforeReplace = other;
  }

  @Override
  public boolean create(Session session) {
    failIf(Fault.NOTHING_ANSWERS);
    copies.put(session.key(), session);
    return healthy.create(session);
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return Optional.ofNullable(copies.get(key));
  }

  @Override
  public Optional<Session> findCurrent(SessionKey key) {
    failIf(Fault.NOTHING_ANSWERS);
    return healthy.find(key);
  }

  @Override
  public ReplaceResult replace(Session next) {
    Runnable other = beforeReplace;
    beforeReplace = () -> {};
    other.run();
    failIf(Fault.NOTHING_ANSWERS);
    failIf(Fault.REPLACE_IS_LOST);
    ReplaceResult result = healthy.replace(next);
    failIf(Fault.REPLY_TO_REPLACE_IS_LOST);
    return result;
  }

  @Override
  public boolean touch(SessionKey key, java.time.Instant lastSeen) {
    return healthy.touch(key, lastSeen);
  }

  @Override
  public boolean delete(SessionKey key) {
    failIf(Fault.NOTHING_ANSWERS);
    return healthy.delete(key);
  }

  @Override
  public StoreTraits traits() {
    return healthy.traits().withStaleness(Duration.ofSeconds(5));
  }

  @Override
  public void close() {}

  private void failIf(Fault failing) {
    if (fault == failing) {
      throw new StoreUnavailableException("ANY", "a test", Duration.ofMillis(1), null);
    }
  }
}
