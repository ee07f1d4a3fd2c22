package dev.statewise.spi;

import java.time.Duration;

/** Checks that {@link StoreTraits} and {@link ListTraits} share. */
final class Traits {

  private Traits() {}

  static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "%s (%d) is negative. Say 0 for none.".formatted(name, value));
    }
  }

  static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s (%s) is negative. Say zero for none.".formatted(name, value));
    }
  }
}
