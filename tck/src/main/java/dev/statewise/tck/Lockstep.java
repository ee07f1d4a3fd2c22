package dev.statewise.tck;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets threads begin each round together, and then holds each back by a random part of the time
 * that the calls of the others take. A gap between looking and writing is hit only by a call that
 * begins at the right moment within another; how long that is, nanoseconds in a map or milliseconds
 * across a network, is learnt as the rounds go by.
 */
final class Lockstep {

  // Within a process a thread that waits must not give its core away: woken later, it would never
  // run beside the other. That is worth a second of a race, and not more. Across a network, and
  // where there are fewer cores than contenders, somebody else needs the core.
  private static final long WITHIN_A_PROCESS_NANOS = 20_000;
  private static final long LONG_SPIN_NANOS = 5_000_000;
  private static final long SHORT_SPIN_NANOS = 50_000;
  private static final long SPINNING_AT_MOST_NANOS = 1_000_000_000;
  private static final long NAP_NANOS = 20_000;

  private final int contenders;
  private final AtomicLongArray arrived;
  private final AtomicLongArray typicalNanos;
  private final long[] began;
  private final long[] waitedNanos;
  private volatile boolean abandoned;

  Lockstep(int contenders) {
    this.contenders = contenders;
    this.arrived = new AtomicLongArray(contenders);
    this.typicalNanos = new AtomicLongArray(contenders);
    this.began = new long[contenders];
    this.waitedNanos = new long[contenders];
  }

  /** Returns when all have arrived at the round, or a little later. */
  void arrive(int contender, int round) {
    arrived.set(contender, round + 1L);
    long waiting = System.nanoTime();
    long spinUntil = waiting + spinNanos(contender);
    for (int i = 0; i < contenders; i++) {
      awaitArrival(i, round + 1L, spinUntil);
    }
    waitedNanos[contender] += System.nanoTime() - waiting;
    holdBack();
    began[contender] = System.nanoTime();
  }

  /** Notes how long the call took that began on arrival. */
  void finish(int contender) {
    long nanos = System.nanoTime() - began[contender];
    long typical = typicalNanos.get(contender);
    // Follows the median: a call that the scheduler interrupted counts no more than another.
    long step = typical / 8 + 1;
    typicalNanos.set(contender, typical == 0 ? nanos : typical + (nanos > typical ? step : -step));
  }

  /** Lets the others go, because one has failed. */
  void abandon() {
    abandoned = true;
  }

  /** Rises with every round of every thread. */
  long progress() {
    long sum = 0;
    for (int i = 0; i < contenders; i++) {
      sum += arrived.get(i);
    }
    return sum;
  }

  private long spinNanos(int contender) {
    long typical = longestTypicalNanos();
    boolean spin =
        typical > 0
            && typical < WITHIN_A_PROCESS_NANOS
            && contenders <= Runtime.getRuntime().availableProcessors()
            && waitedNanos[contender] < SPINNING_AT_MOST_NANOS;
    return spin ? LONG_SPIN_NANOS : SHORT_SPIN_NANOS;
  }

  private void awaitArrival(int contender, long round, long spinUntil) {
    while (arrived.get(contender) < round) {
      if (abandoned) {
        throw new CancellationException("Another contender has failed.");
      }
      if (System.nanoTime() - spinUntil < 0) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  private void holdBack() {
    long nanos = (long) (ThreadLocalRandom.current().nextDouble() * longestTypicalNanos());
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
  }

  private long longestTypicalNanos() {
    long longest = 0;
    for (int i = 0; i < contenders; i++) {
      longest = Math.max(longest, typicalNanos.get(i));
    }
    return longest;
  }
}
