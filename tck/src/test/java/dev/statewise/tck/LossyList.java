package dev.statewise.tck;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Instant;
import java.util.function.Supplier;

/** As {@link LossyStore}, for a list. */
class LossyList extends ThroughList implements LostReplies<RevocationList> {

  private final boolean resends;
  private boolean armed;

  LossyList(RevocationList healthy, boolean resends) {
    super(healthy);
    this.resends = resends;
  }

  static LossyList resending(RevocationList healthy) {
    return new LossyList(healthy, true);
  }

  static LossyList givingUp(RevocationList healthy) {
    return new LossyList(healthy, false);
  }

  @Override
  public RevocationList handle() {
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

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    return send(() -> healthy.refuseBelow(session, version, until));
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    return send(() -> healthy.refuseCreatedBefore(subject, createdBefore, until));
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    return send(() -> healthy.refuseAllCreatedBefore(createdBefore, until));
  }

  private Acknowledgement send(Supplier<Acknowledgement> write) {
    boolean lost = isLost();
    Acknowledgement reply = write.get();
    if (lost && !resends) {
      throw new StoreUnavailableException("The reply was lost.", null);
    }
    return reply;
  }
}
