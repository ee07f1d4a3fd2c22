package dev.statewise.objectstorage;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that is set by hand. */
final class HandClock implements InstantSource {

  private volatile Instant now;

  HandClock(Instant now) {
    this.now = now;
  }

  void set(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
