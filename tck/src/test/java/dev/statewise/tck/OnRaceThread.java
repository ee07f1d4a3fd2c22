package dev.statewise.tck;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a breaker lose its races, and only those, each time and not by luck. */
final class OnRaceThread {

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private OnRaceThread() {}

  static boolean isCurrent() {
    return Thread.currentThread().getName().startsWith("statewise-race-");
  }

  /** Waits, not for long, until the other contender has done its part. */
  static boolean await(BooleanSupplier otherHasDoneItsPart) {
    long begin = System.nanoTime();
    while (!otherHasDoneItsPart.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
