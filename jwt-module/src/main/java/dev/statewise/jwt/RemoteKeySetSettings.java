package dev.statewise.jwt;

import java.time.Duration;

/** The bounds of a {@link RemoteKeySet}, whose builder documents them. */
record RemoteKeySetSettings(
    Duration refreshEvery,
    Duration atMostEvery,
    Duration staleFor,
    Duration fetchWithin,
    Duration waitAtMost,
    int maxBytes) {

  private static final int LEAST_BYTES = 1024;

  RemoteKeySetSettings {
    require("refreshEvery", refreshEvery, Duration.ofSeconds(1), Duration.ofHours(24));
    require("atMostEvery", atMostEvery, Duration.ofSeconds(1), refreshEvery);
    require("staleFor", staleFor, refreshEvery.multipliedBy(2), Duration.ofDays(7));
    require("fetchWithin", fetchWithin, Duration.ofMillis(10), Duration.ofSeconds(30));
    require("waitAtMost", waitAtMost, Duration.ZERO, Duration.ofSeconds(10));
    if (maxBytes < LEAST_BYTES || maxBytes > JwkSetReader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes (%d) is not from %d to %d. A key takes less than 4,096."
              .formatted(maxBytes, LEAST_BYTES, JwkSetReader.MAX_BYTES));
    }
  }

  static void require(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s (%s) is not from %s to %s, so it was not taken. Choose one within these bounds."
              .formatted(name, value, least, most));
    }
  }
}
