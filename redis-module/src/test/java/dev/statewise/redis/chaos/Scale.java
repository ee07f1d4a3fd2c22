package dev.statewise.redis.chaos;

import java.time.Duration;

/**
 * How much of each fault a run does: {@code -Dstatewise.chaos=small}, {@code full}, {@code long}.
 */
enum Scale {
  SMALL,
  FULL,
  LONG;

  static final Scale NOW = named(System.getProperty("statewise.chaos", ""));

  static int of(int small, int full) {
    return NOW == SMALL ? small : full;
  }

  static int of(int small, int full, int longest) {
    return NOW == LONG ? longest : of(small, full);
  }

  static Duration ofSeconds(int small, int full, int longest) {
    return Duration.ofSeconds(of(small, full, longest));
  }

  private static Scale named(String name) {
    return switch (name) {
      case "", "small" -> SMALL;
      case "full" -> FULL;
      case "long" -> LONG;
      default ->
          throw new IllegalArgumentException(
              "statewise.chaos is '%s', which is no scale. Choose small, full or long."
                  .formatted(name));
    };
  }
}
