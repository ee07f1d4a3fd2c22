package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A handle that loses replies. Its client sends a write again, and its server knows the write by a
 * tag and gives the answer of the first time; or its client gives up.
 */
class LossyStore extends Through implements LostReplies<SessionStore> {

  private final boolean resends;
  private boolean armed;

  LossyStore(SessionStore healthy, boolean resends) {
    super(healthy);
    this.resends = resends;
  }

  static LossyStore resending(SessionStore healthy) {
    return new LossyStore(healthy, true);
  }

  static LossyStore givingUp(SessionStore healthy) {
    return new LossyStore(healthy, false);
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
    return resends;
  }

  @Override
  public void close() {}

  /** Whether the reply to this write is to be lost; then the next one's is not. */
  final boolean isLost() {
    boolean lost = armed;
    armed = false;
    return lost;
  }

  final <R> R send(Supplier<R> write) {
    boolean lost = isLost();
    R reply = write.get();
    if (lost && !resends) {
      throw new StoreUnavailableException("The reply was lost.", null);
    }
    return reply;
  }

  @Override
  public boolean create(Session session) {
    return send(() -> healthy.create(session));
  }

  @Override
  public ReplaceResult replace(Session next) {
    return send(() -> healthy.replace(next));
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return send(() -> healthy.touch(key, lastSeen));
  }

  @Override
  public boolean delete(SessionKey key) {
    return send(() -> healthy.delete(key));
  }

  @Override
  public Optional<SubjectIndex> subjects() {
    return healthy.subjects().map(LossyIndex::new);
  }

  private final class LossyIndex implements SubjectIndex {

    private final SubjectIndex index;

    LossyIndex(SubjectIndex index) {
      this.index = index;
    }

    @Override
    public List<Session> findAll(String subject) {
      return index.findAll(subject);
    }

    @Override
    public int deleteAll(String subject) {
      return send(() -> index.deleteAll(subject));
    }

    @Override
    public Admission admit(
        Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
      return send(() -> index.admit(session, max, overflow, instead));
    }
  }
}
