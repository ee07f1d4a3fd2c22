package dev.statewise.benchmarks.arm;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that is a millisecond further ahead of another each time it is read. */
final class MovingClock implements InstantSource {

  private final InstantSource other;
  private final AtomicLong ahead = new AtomicLong();

  MovingClock(InstantSource other) {
    this.other = other;
  }

  @Override
  public Instant instant() {
    return other.instant().plusMillis(ahead.incrementAndGet());
  }
}
