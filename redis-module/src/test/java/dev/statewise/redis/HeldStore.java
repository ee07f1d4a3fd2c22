package dev.statewise.redis;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store in this process that counts reads and holds them by hand: before the read, or between the
 * read and its answer.
 */
final class HeldStore implements SessionStore {

  final AtomicInteger reads = new AtomicInteger();
  final SessionStore inner = CaffeineSessionStore.builder().clock(() -> Samples.NOW).build();
  volatile Runnable beforeRead = () -> {};
  volatile Runnable afterRead = () -> {};
  volatile Runnable beforeWrite = () -> {};
  volatile Runnable afterWrite = () -> {};

  Session stored() {
    return stored(Samples.session());
  }

  Session stored(Session session) {
    if (!inner.create(session)) {
      throw new IllegalStateException("The key is taken");
    }
    return session;
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    reads.incrementAndGet();
    beforeRead.run();
    Optional<Session> found = inner.find(key);
    afterRead.run();
    return found;
  }

  @Override
  public boolean create(Session session) {
    beforeWrite.run();
    boolean created = inner.create(session);
    afterWrite.run();
    return created;
  }

  @Override
  public ReplaceResult replace(Session next) {
    beforeWrite.run();
    ReplaceResult result = inner.replace(next);
    afterWrite.run();
    return result;
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    beforeWrite.run();
    boolean there = inner.touch(key, lastSeen);
    afterWrite.run();
    return there;
  }

  @Override
  public boolean delete(SessionKey key) {
    beforeWrite.run();
    boolean there = inner.delete(key);
    afterWrite.run();
    return there;
  }

  @Override
  public Optional<SubjectIndex> subjects() {
    return inner.subjects();
  }

  @Override
  public StoreTraits traits() {
    return inner.traits();
  }

  @Override
  public void close() {}
}
