package dev.statewise.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What a revocation list was told in code.
 *
 * @param clock the node's, for how long a refusal lasts and who was there when some were lost
 * @param ticker nanoseconds that only go forward, for how long ago something was
 * @param clockSkew by how much the clocks of two nodes may differ
 */
record ListSettings(InstantSource clock, LongSupplier ticker, Duration clockSkew) {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** For how long a refusal with this end is kept, from now on. */
  long keptForMillis(Instant until) {
    Instant latest = until.isAfter(LATEST) ? LATEST : until;
    long left = Duration.between(clock.instant(), latest).toMillis() + 1; // rounded up
    return Math.max(left, 0) + JdbcSessionStore.MARGIN.toMillis();
  }

  /**
   * After everybody whom a node may have let in by now: one whose clock is ahead, or one that found
   * a floor that such a node had set as far ahead of its own.
   */
  long afterEverybodyMillis() {
    return ceiling(clock.instant().plus(clockSkew.multipliedBy(2))) + 1;
  }

  /** The first millisecond that is not before it; within 1970 to 9999. */
  static long ceiling(Instant instant) {
    if (instant.isBefore(Instant.EPOCH)) {
      return 0;
    }
    if (!instant.isBefore(LATEST)) {
      return LATEST.toEpochMilli();
    }
    long millis = instant.toEpochMilli();
    return Instant.ofEpochMilli(millis).equals(instant) ? millis : millis + 1;
  }
}
