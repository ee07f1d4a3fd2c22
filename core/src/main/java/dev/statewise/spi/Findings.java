package dev.statewise.spi;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells what is amiss beneath a store: each finding to whoever wants to know, and at most one a
 * second to the log, because a client may come back to a damaged value as often as it likes.
 *
 * <p>Nothing that is thrown by who is told changes anything, but an {@code OutOfMemoryError}. Safe
 * for use by any number of threads.
 */
public final class Findings {

  private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<String> log;
  private final Consumer<String> told;
  private final LongSupplier nanos;
  private final AtomicLong nextLine;
  private final AtomicLong leftOut = new AtomicLong();

  /**
   * Told to {@code told} and to {@code log}.
   *
   * @param log a logger's {@code warn}
   * @param nanos a clock that only goes forward, for example {@code System::nanoTime}
   */
  public Findings(Consumer<String> log, Consumer<String> told, LongSupplier nanos) {
    this.log = requireNonNull(log, "log");
    this.told = requireNonNull(told, "told");
    this.nanos = requireNonNull(nanos, "nanos");
    nextLine = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Something that is not as the store left it.
   *
   * @param finding what was found, what it means and what to do; without secrets and without the
   *     text of what was found
   */
  @SuppressWarnings("CatchingUnchecked") // a listener in another language may throw what is checked
  public void tell(String finding) {
    String line = finding;
    try {
      told.accept(finding);
    } catch (Throwable e) {
      if (e instanceof OutOfMemoryError outOfMemory) {
        throw outOfMemory;
      }
      line +=
          " Who was told of it threw %s; nothing else changed.".formatted(e.getClass().getName());
    }
    logUnlessOften(line);
  }

  private void logUnlessOften(String line) {
    long now = nanos.getAsLong();
    long next = nextLine.get();
    if (now - next < 0 || !nextLine.compareAndSet(next, now + QUIET)) {
      leftOut.incrementAndGet();
      return;
    }
    log.accept("%s Left out since the last such line: %d.".formatted(line, leftOut.getAndSet(0)));
  }
}
