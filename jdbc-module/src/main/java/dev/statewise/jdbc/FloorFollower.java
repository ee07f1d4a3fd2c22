package dev.statewise.jdbc;

import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the changes of the floors into a node's memory, on a thread of its own, which borrows a
 * connection for each read.
 *
 * <p>It reads all of them, and then what comes after its cursor. That a read reached the end, and
 * when it was sent, is the proof of how fresh the memory is; nobody writes heartbeats. What was
 * heard is never dropped, since a floor only rises.
 */
final class FloorFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcRevocationList.class);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final long FORGET_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final FloorSource source;
  private final LocalFloors local;
  private final LongSupplier ticker;
  private final long pauseNanos;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile @Nullable Long provenAt;
  // Of the thread alone.
  private @Nullable Head cursor;
  private boolean lost;
  private long forgotAt;

  FloorFollower(FloorSource source, LocalFloors local, LongSupplier ticker, Duration staleness) {
    this.source = source;
    this.local = local;
    this.ticker = ticker;
    // Two lost reads, and a third is still in time.
    Duration quarter = staleness.dividedBy(4);
    Duration pause = quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE;
    this.pauseNanos = pause.toNanos();
    this.forgotAt = ticker.getAsLong();
  }

  void start() {
    Thread thread = new Thread(this::run, "statewise-revocations-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * When the last read that reached the end was sent, by the ticker: everything that was committed
   * then is in memory.
   *
   * @return null if none did yet
   */
  @Nullable Long provenAt() {
    return provenAt;
  }

  /** A read that is under way ends by itself; it is not interrupted, which some drivers mind. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    while (closed.getCount() > 0) {
      if (!readsMore() && closesMeanwhile()) {
        return;
      }
    }
  }

  /** Whether there was more than what was read. */
  private boolean readsMore() {
    try {
      long sentAt = ticker.getAsLong();
      FloorPage page = source.after(cursor);
      page.changes().forEach(it -> local.raise(it.name(), it.floor(), it.leftMillis()));
      cursor = page.cursor();
      if (page.reachesTheEnd()) {
        provenAt = sentAt;
        tellFollowing();
        forget();
      }
      return !page.reachesTheEnd();
    } catch (StoreUnavailableException e) {
      tellLost(e.getMessage());
    } catch (RuntimeException e) {
      tellLost(e.toString());
    }
    return false;
  }

  private boolean closesMeanwhile() {
    try {
      return closed.await(pauseNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      LOG.warn(
          "The thread that follows refusals was interrupted, so it ends, and each validation asks the database when the bound has passed. Leave it alone.");
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void forget() {
    long now = ticker.getAsLong();
    if (now - forgotAt >= FORGET_EVERY_NANOS) {
      forgotAt = now;
      local.forget();
    }
  }

  private void tellLost(@Nullable String why) {
    if (!lost && closed.getCount() > 0) {
      LOG.warn(
          "The refusals in the database are not followed any more, so each validation will ask it when the bound has passed: {}",
          why);
    }
    lost = true;
  }

  private void tellFollowing() {
    if (lost) {
      lost = false;
      LOG.info("The refusals in the database are followed again.");
    }
  }
}
