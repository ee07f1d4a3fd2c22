package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.experiment.races.Contender.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends sessions on one node and asks another for them. A node that answers from what it keeps near
 * is asked before it hears of the endings: what the server would tell it is held back until then,
 * so that it is no matter of luck who was faster.
 */
final class OtherNode {

  private static final long STEP_NANOS = 10_000_000;
  private static final int STEPS_UNTIL_NEAR = 300;
  private static final int STEPS_TO_SEE_WHETHER = 3;

  private final Contender here;
  private final Contender there;
  private final NewsLine line;
  private final Bound bound;

  /** What a contender says of its endings, and how time passes for it. */
  interface Bound {

    /** Whether it keeps near what it would ask, once it has settled. */
    boolean promisesToBeNear();

    /** Whether it says by when it refuses. */
    boolean isKnown();

    /**
     * Lets as much time pass, with a client that comes again before it would be forgotten.
     *
     * @param credentials of the endings, replaced by what the client is given instead
     */
    void pass(Contender there, List<String> credentials);
  }

  /**
   * @param there may be {@code here} again, for what no other node shares
   */
  OtherNode(Contender here, Contender there, NewsLine line, Bound bound) {
    this.here = here;
    this.there = there;
    this.line = line;
    this.bound = bound;
  }

  /** Of each order one tally; of its bound none, if it says none. */
  Map<Order, Tally> run(int races) {
    List<String> credentials = new ArrayList<>();
    for (int at = 0; at < races; at++) {
      credentials.add(Course.opened(here, at));
    }
    boolean near = isNear(credentials.get(0));
    credentials.forEach(this::requireAccepted);
    if (near) {
      // What is told of the openings has arrived: the copies that are read now stay.
      LockSupport.parkNanos(STEP_NANOS);
      credentials.forEach(this::requireAccepted);
      line.holdBack();
    }
    Tally atOnce = Tally.NONE;
    for (String credential : credentials) {
      here.end(credential);
      atOnce = atOnce.and(isAccepted(credential), 0, 0);
    }
    if (!bound.isKnown()) {
      return Map.of(Order.AT_ONCE, atOnce);
    }
    bound.pass(there, credentials);
    line.letThrough();
    Tally later = Tally.NONE;
    for (String credential : credentials) {
      later = later.and(isAccepted(credential), 0, 0);
    }
    return Map.of(Order.AT_ONCE, atOnce, Order.AFTER_ITS_BOUND, later);
  }

  private boolean isNear(String credential) {
    int steps = bound.promisesToBeNear() ? STEPS_UNTIL_NEAR : STEPS_TO_SEE_WHETHER;
    for (int i = 0; i < steps; i++) {
      if (line.isQuietDuring(() -> requireAccepted(credential))) {
        return true;
      }
      LockSupport.parkNanos(bound.promisesToBeNear() ? STEP_NANOS : 0);
    }
    return false;
  }

  private void requireAccepted(String credential) {
    if (!isAccepted(credential)) {
      throw new IllegalStateException("A session that nobody ended was not accepted there.");
    }
  }

  private boolean isAccepted(String credential) {
    Optional<Shown> shown = there.ask(credential);
    return shown.isPresent();
  }
}
