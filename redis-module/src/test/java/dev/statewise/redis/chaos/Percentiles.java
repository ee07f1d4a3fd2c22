package dev.statewise.redis.chaos;

import java.util.Arrays;

/** The middle, the 99th and the largest of some numbers. */
final class Percentiles {

  interface Of<T> {
    T make(long median, long p99, long max);
  }

  private Percentiles() {}

  static <T> T of(long[] values, Of<T> result) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return result.make(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static long at(long[] sorted, double part) {
    int index = (int) Math.ceil(part * sorted.length) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(0, index)];
  }
}
