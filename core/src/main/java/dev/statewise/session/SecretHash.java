package dev.statewise.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * The SHA-256 of a session's secret: all that a store ever sees of it.
 *
 * <p>{@link #NONE} stands for a session whose state is in a token and which has no secret; it
 * matches nothing, not even itself.
 */
public final class SecretHash {

  /** How many bytes a hash has. */
  public static final int LENGTH = 32;

  private static final int THE_FOURTH = 3;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The hash of a session that has no secret. */
  public static final SecretHash NONE = new SecretHash(0, 0, 0, 0);

  // Four numbers and not an array: an object less to hold, and one less to go to.
  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  private SecretHash(long first, long second, long third, long fourth) {
    this.first = first;
    this.second = second;
    this.third = third;
    this.fourth = fourth;
  }

  /**
   * The hash with these bytes. 32 zero bytes are {@link #NONE}.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static SecretHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "A secret hash has 32 bytes, and these are %d. Pass a SHA-256.".formatted(bytes.length));
    }
    SecretHash hash =
        new SecretHash(at(bytes, 0), at(bytes, 1), at(bytes, 2), at(bytes, THE_FOURTH));
    return hash.equals(NONE) ? NONE : hash;
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /**
   * Whether {@code sha256} is this hash, compared in constant time. {@link #NONE} matches nothing.
   */
  public boolean matches(byte[] sha256) {
    return sha256.length == LENGTH
        && differsFrom(at(sha256, 0), at(sha256, 1), at(sha256, 2), at(sha256, THE_FOURTH)) == 0
        && !isNone();
  }

  /** Bits that are set exactly if something differs, whatever and wherever. */
  private long differsFrom(long first, long second, long third, long fourth) {
    return (this.first ^ first)
        | (this.second ^ second)
        | (this.third ^ third)
        | (this.fourth ^ fourth);
  }

  private static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index * Long.BYTES);
  }

  /** There is no other hash of zeros: {@link #of} takes this one. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isNone() {
    return this == NONE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash that
        && differsFrom(that.first, that.second, that.third, that.fourth) == 0;
  }

  @Override
  public int hashCode() {
    return (int) (first >>> Integer.SIZE);
  }

  /** The first 4 bytes, enough to tell two apart in a log and useless to an attacker. */
  @Override
  public String toString() {
    return isNone()
        ? "SecretHash[none]"
        : "SecretHash["
            + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes()).substring(0, 5)
            + "…]";
  }
}
