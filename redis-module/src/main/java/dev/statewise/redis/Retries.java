package dev.statewise.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Whether what went wrong with one call is worth another attempt. An attempt begins only within a
 * time of the call's beginning, so that a call has an end.
 *
 * <p>A call that was sent and lost its connection is sent once more: every write can tell that it
 * was sent twice. One that was surely not executed may be sent as often as there is time.
 */
final class Retries {

  /** Said of commands that were not executed, by nodes that will be able to before long. */
  private static final Set<String> SOON =
      Set.of("TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN");

  /** Said of commands that were not executed, by nodes whose part another takes. */
  private static final Set<String> ELSEWHERE = Set.of("MOVED", "ASK", "READONLY");

  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(25);

  private final Duration within;
  private final long start;
  private final Client client;
  private @Nullable RuntimeException lost;

  /** Whose client it is, and what it talks to. */
  enum Client {
    /** What becomes of a lost connection is its owner's choice. */
    HANDED_IN,
    /** A server that cannot be connected to is down, and no other takes its place. */
    OF_ONE_SERVER,
    /** Another node takes the place of one that cannot be connected to. */
    OF_MANY
  }

  Retries(Client client, Duration within, long start) {
    this.client = client;
    this.within = within;
    this.start = start;
  }

  /**
   * Waits until the next attempt may begin.
   *
   * @throws RuntimeException what the call is to end with, if there is to be none
   */
  void next(RuntimeException thrown) {
    if (!isWorthIt(thrown)) {
      throw fate(thrown);
    }
    if (!isFirstLoss(thrown)) {
      pause(thrown);
    }
    if (lost == null && thrown instanceof JedisConnectionException) {
      lost = isUnsentOfMany(thrown) ? null : thrown;
    }
  }

  private boolean isWorthIt(RuntimeException thrown) {
    boolean tooLate = System.nanoTime() - start >= within.toNanos();
    if (tooLate || Thread.currentThread().isInterrupted()) {
      return false;
    }
    if (thrown instanceof JedisDataException refusal) {
      String code = SeenException.code(refusal);
      return SOON.contains(code) || (client == Client.OF_MANY && ELSEWHERE.contains(code));
    }
    return isUnsentOfMany(thrown) || isFirstLoss(thrown);
  }

  private boolean isUnsentOfMany(RuntimeException thrown) {
    return client == Client.OF_MANY && thrown instanceof NotSentException;
  }

  private boolean isFirstLoss(RuntimeException thrown) {
    return client != Client.HANDED_IN
        && lost == null
        && thrown instanceof JedisConnectionException
        && !isUnsentOfMany(thrown);
  }

  /** What went wrong later came after the loss, in which the call may have been sent. */
  private RuntimeException fate(RuntimeException last) {
    if (lost == null) {
      return last;
    }
    lost.addSuppressed(last);
    return lost;
  }

  /** Not all at once: those that failed together would come again together. */
  private void pause(RuntimeException thrown) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
    if (Thread.currentThread().isInterrupted()) {
      throw fate(thrown);
    }
  }
}
