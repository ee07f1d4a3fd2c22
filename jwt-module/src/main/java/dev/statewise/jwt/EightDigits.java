package dev.statewise.jwt;

/** Eight bytes of ASCII in a long, the first one lowest, as the digits that they begin with. */
final class EightDigits {

  private static final long ZEROS = 0x3030303030303030L;
  private static final long NINE_TO_HIGHEST_BIT = 0x7676767676767676L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private EightDigits() {}

  /** How many digits there are before the first byte that is none. */
  static int count(long eight) {
    long values = eight ^ ZEROS;
    // A byte above nine carries into the bytes above it only.
    long above = (values | (values + NINE_TO_HIGHEST_BIT)) & HIGHEST_BITS;
    return Long.numberOfTrailingZeros(above) >>> 3;
  }

  /** The number with the first {@code digits} of the eight behind those of {@code number}. */
  static long append(long number, long eight, int digits) {
    return digits == 0
        ? number
        : number * POWERS_OF_TEN[digits] + value((eight ^ ZEROS) << ((8 - digits) * 8));
  }

  /** What eight bytes below ten spell: pairs, then fours, then all. */
  private static long value(long eight) {
    long pairs = (eight * (1 + (10L << 8))) >>> 8;
    long fours = ((pairs & 0x00FF_00FF_00FF_00FFL) * (1 + (100L << 16))) >>> 16;
    return ((fours & 0x0000_FFFF_0000_FFFFL) * (1 + (10_000L << 32))) >>> 32;
  }
}
