package dev.statewise.jdbc;

import java.time.Instant;

/** An instant as a column has it. */
final class Clamped {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Clamped() {}

  /** In milliseconds; of one outside 1970 to 9999 the nearest of these. */
  static long millis(Instant instant) {
    if (instant.isBefore(Instant.EPOCH)) {
      return 0;
    }
    return (instant.isAfter(LATEST) ? LATEST : instant).toEpochMilli();
  }
}
