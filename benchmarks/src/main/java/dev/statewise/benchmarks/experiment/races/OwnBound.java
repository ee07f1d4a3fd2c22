package dev.statewise.benchmarks.experiment.races;

import dev.statewise.Guarantees;
import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * By when an arm of ours refuses what was ended, and the time until then. What is kept near is
 * judged by the JVM's own clock, so that such a bound is waited for; a longer one passes on the
 * clock that is moved.
 */
record OwnBound(Guarantees guarantees, SessionPolicy policy, MovableClock clock)
    implements OtherNode.Bound {

  /** A bound that is longer is not waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  @Override
  public boolean promisesToBeNear() {
    return guarantees.sharedByNodes() && guarantees.storeRoundTrips() == 0 && mayLag();
  }

  @Override
  public boolean isKnown() {
    return true;
  }

  @Override
  public void pass(Contender there, List<String> credentials) {
    if (mayLag()) {
      LockSupport.parkNanos(guarantees.endsWithin().toNanos());
      clock.advance(guarantees.endsWithin());
    } else if (!guarantees.endsWithin().isZero()) {
      comeAgain(there, credentials);
    }
  }

  private boolean mayLag() {
    return !guarantees.endsWithin().isZero()
        && guarantees.endsWithin().compareTo(LONGEST_WAIT) <= 0;
  }

  /** In the last quarter of a credential's life, when it is renewed for certain. */
  private void comeAgain(Contender there, List<String> credentials) {
    Duration step = policy.idleTimeout().multipliedBy(7).dividedBy(8);
    Duration passed = Duration.ZERO;
    while (passed.plus(step).compareTo(guarantees.endsWithin()) < 0) {
      passed = passed.plus(step);
      clock.advance(step);
      credentials.replaceAll(held -> there.ask(held).map(Contender.Shown::credential).orElse(held));
    }
    clock.advance(guarantees.endsWithin().minus(passed));
  }
}
