package dev.statewise.embedded;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what is about to end or begin, and keeps an interrupt for later. */
final class Waiting {
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private interface Wait {
    void once() throws InterruptedException;
  }

  private Waiting() {}

  static void forEnd(Process process) {
    untilDone(process::waitFor);
  }

  static void forEnd(Thread thread) {
    untilDone(thread::join);
  }

  /**
   * Waits until a server says so. An outage is taken for a no.
   *
   * @throws IllegalStateException if it takes too long, or the thread is interrupted
   */
  static void until(Duration atMost, String what, BooleanSupplier isSo) {
    forSome(atMost, what, () -> isSo.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** As {@link #until}, for an answer that is there at last. */
  static <T> T forSome(Duration atMost, String what, Supplier<Optional<T>> wanted) {
    long begun = System.nanoTime();
    RuntimeException last = null;
    while (System.nanoTime() - begun < atMost.toNanos()
        && !Thread.currentThread().isInterrupted()) {
      try {
        Optional<T> found = wanted.get();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (UncheckedIOException notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException(
        "Waited in vain for %s, up to %s".formatted(what, atMost), last);
  }

  private static void untilDone(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.once();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
