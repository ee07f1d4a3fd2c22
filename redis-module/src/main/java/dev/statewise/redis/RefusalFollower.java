package dev.statewise.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/**
 * Follows the log of refusals into a node's memory, on a thread and a connection of its own.
 *
 * <p>It reads the whole log, and then what comes after its cursor. That a read reached the end, and
 * when it was sent, is the proof of how fresh the memory is; nobody writes heartbeats. A gap or
 * another server means: from the start, and no proof before its end. What was heard is never
 * dropped for that, since a floor only rises.
 */
final class RefusalFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisRevocationList.class);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final long FORGET_EVERY_MILLIS = 60_000;

  private final RedisConnection connection;
  private final Duration block;
  private final ListSettings settings;
  private final Generation generation;
  private final LocalFloors local;
  private final FloorSource source;
  private final LogRoute route;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile @Nullable Connection open;
  private volatile @Nullable Long provenAt;
  private volatile String cursor = LogPage.START;
  private volatile long forgotAt;
  // Of the thread alone.
  private String run = "";
  private boolean lost;
  private Duration pause = FIRST_PAUSE;

  RefusalFollower(
      RedisConnection connection,
      Duration staleness,
      ListSettings settings,
      Generation generation,
      LocalFloors local,
      FloorSource source) {
    this.connection = connection;
    this.settings = settings;
    this.generation = generation;
    this.local = local;
    this.source = source;
    this.route = new LogRoute(connection, settings, staleness);
    // Two lost reads, and a third is still in time.
    Duration quarter = staleness.dividedBy(4);
    this.block = quarter.compareTo(LONGEST_BLOCK) < 0 ? quarter : LONGEST_BLOCK;
    this.forgotAt = settings.clock().millis();
    this.thread =
        new Thread(null, this::run, "statewise-revocations-" + COUNT.incrementAndGet(), 0, false);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * When the last read that reached the end of the log was sent, by the ticker: everything that was
   * in the log then is in memory.
   *
   * @return null if none did since the log was last read from its start, or must be now
   */
  @Nullable Long provenAt() {
    // In this order: the proof was dropped before the clock counts as right again.
    return clockWasAhead() ? null : provenAt;
  }

  /** Up to where the log is in memory; {@link LogPage#START} if not even its start is. */
  String cursor() {
    return clockWasAhead() ? LogPage.START : cursor;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    Connection reading = open;
    if (reading != null) {
      disconnect(reading);
    }
  }

  private void run() {
    while (!isClosed()) {
      try (Connection dialled =
          connection.dial(route.find(), block.plus(connection.socketTimeout()))) {
        open = dialled;
        follow(dialled);
      } catch (RuntimeException e) {
        tellLost(e);
      } finally {
        open = null;
      }
      pauseALittleLonger();
    }
  }

  private void follow(Connection dialled) {
    while (!isClosed() && route.isStillRight()) {
      source.requireNoEviction("FOLLOW");
      long sentAt = settings.ticker().getAsLong();
      LogPage page = LogPage.after(cursor, dialled::executeCommand, settings, generation);
      if (took(page) && page.reachesTheEnd()) {
        provenAt = route.earlier(sentAt);
        tellFollowing();
        awaitMore(dialled);
      }
      forget();
    }
  }

  /** Whether the page could be taken; else it is read from the start. */
  private boolean took(LogPage page) {
    generation.saw(page.since());
    boolean another = !page.run().equals(run);
    run = page.run();
    if ((another && !cursor.equals(LogPage.START)) || !page.follows(cursor)) {
      startAgain();
      return false;
    }
    page.entries().forEach(local::raise);
    cursor = page.cursor();
    return true;
  }

  private void startAgain() {
    provenAt = null;
    cursor = LogPage.START;
  }

  /** Returns when there is more in the log, or after a while. What it is, the script reads. */
  private void awaitMore(Connection dialled) {
    dialled.executeCommand(
        new CommandArguments(Protocol.Command.XREAD)
            .add("COUNT")
            .add(1)
            .add("BLOCK")
            .add(Math.max(block.toMillis(), 1))
            .add("STREAMS")
            .key(settings.keys().log())
            .add(cursor));
  }

  private void forget() {
    long now = settings.clock().millis();
    if (clockWasAhead()) {
      startAgain();
      // Last: until then whoever asks sees for himself that the clock was ahead.
      forgotAt = now;
    } else if (now - forgotAt >= FORGET_EVERY_MILLIS) {
      forgotAt = now;
      local.forget(now);
    }
  }

  /** When the clock is set back: what it took for over may have been forgotten. */
  private boolean clockWasAhead() {
    return settings.clock().millis() < forgotAt - FORGET_EVERY_MILLIS;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pauseALittleLonger() {
    try {
      if (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
      closed.countDown();
    }
  }

  private void tellLost(RuntimeException why) {
    if (!lost && !isClosed()) {
      lost = true;
      LOG.warn(
          "The log of refusals on {} is not followed any more, so each validation will ask Redis when the bound has passed: {}",
          connection.endpoint(),
          SeenException.of(why).getMessage());
    }
  }

  private void tellFollowing() {
    pause = FIRST_PAUSE;
    if (lost) {
      lost = false;
      LOG.info("The log of refusals on {} is followed again.", connection.endpoint());
    }
  }

  private static void disconnect(Connection connection) {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
    }
  }
}
