package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** How long a server will still keep something, as it says, held against how long it must. */
final class TimeLeft {

  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
  private static final Duration GRAIN = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TimeLeft() {}

  /** Asserts that a write makes the server keep what it wrote at least so long from then on. */
  static void assertKept(Duration atLeast, Runnable write, Supplier<Duration> left, String why) {
    long began = System.nanoTime();
    write.run();
    Duration kept = left.get();
    Duration passed = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(
        kept.compareTo(atLeast.minus(passed).minus(GRAIN)) >= 0,
        () -> "%s: kept for %s, and %s are due".formatted(why, kept, atLeast));
  }

  static void assertHasAnEnd(Duration kept, String what) {
    assertTrue(kept.compareTo(FOREVER) < 0, what + ": kept for ever, so the server fills up");
  }

  /** Returns as soon as the server says that less than that is left, or that there is no end. */
  static void awaitLess(Duration than, Supplier<Duration> left) {
    long began = System.nanoTime();
    for (Duration kept = left.get(); kept.compareTo(than) >= 0; kept = left.get()) {
      if (kept.equals(FOREVER)) {
        return;
      }
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        fail("keptFor() has answered " + kept + " for " + PATIENCE + ": its time stands still");
      }
      Thread.onSpinWait();
    }
  }
}
