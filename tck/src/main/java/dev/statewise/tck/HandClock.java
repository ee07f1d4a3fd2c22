package dev.statewise.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is moved by hand. */
final class HandClock implements InstantSource {

  private volatile Instant now;

  HandClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void moveTo(Instant instant) {
    now = instant;
  }

  void moveBy(Duration duration) {
    now = now.plus(duration);
  }
}
