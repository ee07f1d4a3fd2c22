package dev.statewise.benchmarks.arm;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is moved, so that a touch or an expiry is due exactly when a
 * measurement wants it. Moved by one thread, read by any.
 */
public final class MovableClock implements InstantSource {
  private volatile Instant now;

  public MovableClock(Instant start) {
    this.now = requireNonNull(start, "start");
  }

  /** One that stands at the present: what Redis keeps is then not past its time. */
  public static MovableClock atPresent() {
    return new MovableClock(InstantSource.system().instant());
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it on. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** Sets it, forth or back. */
  public synchronized void set(Instant to) {
    now = requireNonNull(to, "to");
  }
}
