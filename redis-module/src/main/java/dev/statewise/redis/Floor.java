package dev.statewise.redis;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A floor as the 17 bytes of one Redis value: format, write tag, and the number below which is
 * refused, big-endian.
 */
final class Floor {

  /** What a missing floor refuses: nothing, for versions begin at 1 and instants in 1970. */
  static final long NONE = 0;

  static final int TAG_LENGTH = 8;

  private static final int FORMAT = 1;
  private static final int LENGTH = 17;
  private static final int NUMBER_AT = 9;

  private Floor() {}

  static byte[] encode(byte[] tag, long floor) {
    return ByteBuffer.allocate(LENGTH).put((byte) FORMAT).put(tag).putLong(floor).array();
  }

  static boolean isNewer(byte @Nullable [] value) {
    return value != null && value.length > 0 && Byte.toUnsignedInt(value[0]) > FORMAT;
  }

  static boolean isReadable(byte @Nullable [] value) {
    return value == null || (value.length == LENGTH && value[0] == FORMAT);
  }

  static long decode(byte @Nullable [] value) {
    return value == null ? NONE : ByteBuffer.wrap(value).getLong(NUMBER_AT);
  }
}
