package dev.statewise.jdbc;

import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps every so often on a daemon thread, until it is closed. */
final class SweepSchedule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSessionStore.class);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int AT_ONCE = 1_000;

  private final Sweeper sweeper;
  private final long everyMillis;
  private final CountDownLatch closed = new CountDownLatch(1);

  private SweepSchedule(Sweeper sweeper, Duration every) {
    this.sweeper = sweeper;
    this.everyMillis = every.toMillis();
  }

  static SweepSchedule start(Sweeper sweeper, Duration every) {
    SweepSchedule schedule = new SweepSchedule(sweeper, every);
    Thread thread = new Thread(schedule::run, "statewise-sweeper-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
    return schedule;
  }

  /** A batch that is under way ends by itself; it is not interrupted. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      // Nodes that start together would else sweep together.
      long first = ThreadLocalRandom.current().nextLong(everyMillis) + 1;
      for (long wait = first; !closed.await(wait, TimeUnit.MILLISECONDS); wait = everyMillis) {
        sweep();
      }
    } catch (InterruptedException e) {
      LOG.warn(
          "The thread that sweeps expired rows was interrupted, so it ends and they stay. Leave it alone, or call sweep yourself.");
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      while (closed.getCount() > 0 && sweeper.sweep(AT_ONCE) == AT_ONCE) {
        Thread.onSpinWait();
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("Expired rows were not swept, and will be later. {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("Expired rows were not swept, and will be later.", e);
    }
  }
}
