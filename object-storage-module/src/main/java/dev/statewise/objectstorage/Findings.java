package dev.statewise.objectstorage;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is amiss in a bucket: each finding to whoever wants to know, and one a second to the
 * log, because a client may come back to a damaged value as often as it likes.
 */
final class Findings {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectSessionStore.class);
  private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<String> told;
  private final LongSupplier nanos;
  private final AtomicLong nextLine;
  private final AtomicLong leftOut = new AtomicLong();

  Findings(Consumer<String> told, LongSupplier nanos) {
    this.told = told;
    this.nanos = nanos;
    nextLine = new AtomicLong(nanos.getAsLong());
  }

  @SuppressWarnings("CatchingUnchecked") // a listener in another language may throw what is checked
  void tell(String finding) {
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
    log(line);
  }

  private void log(String line) {
    long now = nanos.getAsLong();
    long next = nextLine.get();
    if (now - next < 0 || !nextLine.compareAndSet(next, now + QUIET)) {
      leftOut.incrementAndGet();
      return;
    }
    LOG.warn("{} Left out since the last such line: {}.", line, leftOut.getAndSet(0));
  }
}
