package dev.statewise.redis.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late the harness itself comes: a thread that wants to wake up every millisecond, and notes
 * how much later it did. What it could not do in time, no call beside it could.
 */
final class Stalls implements AutoCloseable {

  private static final long EVERY_NANOS = 1_000_000;
  private static final int MOST = 2_000_000;

  private final long[] late = new long[MOST];
  private final Thread thread = new Thread(this::run, "statewise-chaos-stalls");
  private volatile int count;
  private volatile boolean closed;

  /** What was seen: how late, in microseconds. */
  record Seen(long median, long p99, long max) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "median %.1f ms, p99 %.1f ms, longest %.1f ms",
          median / 1e3,
          p99 / 1e3,
          max / 1e3);
    }
  }

  private Stalls() {
    thread.setDaemon(true);
    thread.start();
  }

  static Stalls watch() {
    return new Stalls();
  }

  Seen seen() {
    return Percentiles.of(Arrays.copyOf(late, count), Seen::new);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    for (int i = 0; !closed && i < MOST; i++) {
      long before = System.nanoTime();
      LockSupport.parkNanos(EVERY_NANOS);
      late[i] =
          Math.max(0, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before - EVERY_NANOS));
      count = i + 1;
    }
  }
}
