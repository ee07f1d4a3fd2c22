package dev.statewise.tck.guide;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.tck.LostReplies;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Applies a write and then loses the reply, as a connection does that breaks in between. */
final class ForgetfulHandle implements SessionStore, LostReplies<SessionStore> {

  private final SessionStore store;
  private boolean armed;

  ForgetfulHandle(SessionStore store) {
    this.store = store;
  }

  @Override
  public SessionStore handle() {
    return this;
  }

  @Override
  public void loseNextReply() {
    armed = true;
  }

  @Override
  public boolean resends() {
    return false;
  }

  @Override
  public boolean create(Session session) {
    return answered(() -> store.create(session));
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return store.find(key);
  }

  @Override
  public ReplaceResult replace(Session next) {
    return answered(() -> store.replace(next));
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return answered(() -> store.touch(key, lastSeen));
  }

  @Override
  public boolean delete(SessionKey key) {
    return answered(() -> store.delete(key));
  }

  @Override
  public StoreTraits traits() {
    return store.traits();
  }

  @Override
  public void close() {
    store.close();
  }

  private <R> R answered(Supplier<R> write) {
    R reply = write.get();
    if (armed) {
      armed = false;
      throw new StoreUnavailableException("The write was applied and its reply was lost.", null);
    }
    return reply;
  }
}
