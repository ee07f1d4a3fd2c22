package dev.statewise.session;

import java.security.MessageDigest;
import java.util.Arrays;
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

  /** The hash of a session that has no secret. */
  public static final SecretHash NONE = new SecretHash(new byte[LENGTH]);

  private final byte[] bytes;

  private SecretHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The hash with these bytes, which are copied. 32 zero bytes are {@link #NONE}.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static SecretHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "A secret hash has 32 bytes, and these are %d. Pass a SHA-256.".formatted(bytes.length));
    }
    return Arrays.equals(bytes, NONE.bytes) ? NONE : new SecretHash(bytes.clone());
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Whether {@code sha256} is this hash, compared in constant time. {@link #NONE} matches nothing.
   */
  public boolean matches(byte[] sha256) {
    return MessageDigest.isEqual(bytes, sha256) && !isNone();
  }

  /** There is no other hash of zeros: {@link #of} takes this one. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isNone() {
    return this == NONE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  /** The first 4 bytes, enough to tell two apart in a log and useless to an attacker. */
  @Override
  public String toString() {
    return isNone()
        ? "SecretHash[none]"
        : "SecretHash["
            + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, 5)
            + "…]";
  }
}
