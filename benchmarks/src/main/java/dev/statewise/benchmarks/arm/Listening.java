package dev.statewise.benchmarks.arm;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for an arm to hear what other nodes change, which it begins to in a thread of its own. */
final class Listening {

  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final long STEP_NANOS = 1_000_000;

  private Listening() {}

  /**
   * @throws IllegalStateException if it does not within five seconds
   */
  static void await(BooleanSupplier listens) {
    long begun = System.nanoTime();
    while (!listens.getAsBoolean()) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "The arm does not hear what other nodes change, so it would be measured as another arm.");
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
