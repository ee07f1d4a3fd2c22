package dev.statewise.redis;

import java.time.Instant;

/** Instants as milliseconds, kept within what a session's instants reach: 1970 to 9999. */
final class Millis {

  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Millis() {}

  /** The last millisecond that is not after {@code instant}. */
  static long floor(Instant instant) {
    return clamp(instant).toEpochMilli();
  }

  /** The first millisecond that is not before {@code instant}. */
  static long ceiling(Instant instant) {
    Instant clamped = clamp(instant);
    long millis = clamped.toEpochMilli();
    return Instant.ofEpochMilli(millis).equals(clamped) ? millis : millis + 1;
  }

  private static Instant clamp(Instant instant) {
    if (instant.isBefore(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    return instant.isAfter(LATEST) ? LATEST : instant;
  }
}
