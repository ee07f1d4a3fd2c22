package dev.statewise;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Whether to tell of what every request may bring about. */
final class OnceAMinute {

  private static final long MINUTE = 60_000;
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final AtomicLong toldAt = new AtomicLong(NEVER);

  /** Either way round, for a clock may be set back. */
  boolean isDue(Instant now) {
    long before = toldAt.get();
    long millis = now.toEpochMilli();
    return Math.abs(millis - before) >= MINUTE && toldAt.compareAndSet(before, millis);
  }
}
