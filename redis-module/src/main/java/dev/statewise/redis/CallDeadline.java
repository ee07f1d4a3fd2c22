package dev.statewise.redis;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * By when the call that this thread makes must have ended. Jedis hands nothing down from a call to
 * the socket, so it is the thread that carries it.
 */
final class CallDeadline {

  private static final ThreadLocal<Long> ENDS = new ThreadLocal<>();

  private CallDeadline() {}

  /** Makes a call that ends within this time, as far as its steps ask what is left. */
  static <T> T within(Duration time, Supplier<T> call) {
    if (ENDS.get() != null) {
      return call.get();
    }
    ENDS.set(System.nanoTime() + time.toNanos());
    try {
      return call.get();
    } finally {
      ENDS.remove();
    }
  }

  /** What is left to a step that may take so long by itself; 0 or less if the call is over. */
  static long atMost(long nanos) {
    Long ends = ENDS.get();
    return ends == null ? nanos : Math.min(nanos, ends - System.nanoTime());
  }
}
