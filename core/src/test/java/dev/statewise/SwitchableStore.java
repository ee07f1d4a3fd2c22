package dev.statewise;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose verbs can be switched off, as an outage does, and that counts its calls. */
final class SwitchableStore implements SessionStore {

  enum Verb {
    CREATE,
    FIND,
    REPLACE,
    TOUCH,
    DELETE
  }

  final Set<Verb> down = EnumSet.noneOf(Verb.class);
  final AtomicInteger calls = new AtomicInteger();
  private final SessionStore store;

  SwitchableStore(SessionStore store) {
    this.store = store;
  }

  @Override
  public boolean create(Session session) {
    called(Verb.CREATE);
    return store.create(session);
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    called(Verb.FIND);
    return store.find(key);
  }

  @Override
  public ReplaceResult replace(Session next) {
    called(Verb.REPLACE);
    return store.replace(next);
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    called(Verb.TOUCH);
    return store.touch(key, lastSeen);
  }

  @Override
  public boolean delete(SessionKey key) {
    called(Verb.DELETE);
    return store.delete(key);
  }

  @Override
  public StoreTraits traits() {
    return store.traits();
  }

  @Override
  public void close() {
    store.close();
  }

  private void called(Verb verb) {
    calls.incrementAndGet();
    if (down.contains(verb)) {
      throw new StoreUnavailableException(verb.name(), "a test", Duration.ofMillis(1), null);
    }
  }
}
