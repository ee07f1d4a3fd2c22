package dev.statewise.jwt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url as RFC 7515 §2 has it, in one spelling for each byte string: no padding, no other
 * character, no stray bits (RFC 4648 §3.5).
 *
 * <p>The JDK's decoder does the work, in vector instructions where there are any. It is lenient
 * about the end of a text, and only there: about padding, and about bits that are dropped.
 */
final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** The six bits of a character; negative if it is none of the alphabet. */
  private static final byte[] BITS = bits();

  private Base64Url() {}

  static boolean isAlphabet(char c) {
    return c < BITS.length && BITS[c] >= 0;
  }

  static long encodedLength(long bytes) {
    return (bytes * 4 + 2) / 3;
  }

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** Writes what {@link #encode(byte[])} makes of the bytes; returns where it ends. */
  static int encode(byte[] bytes, byte[] into, int at) {
    byte[] encoded = ENCODER.encode(bytes);
    System.arraycopy(encoded, 0, into, at, encoded.length);
    return at + encoded.length;
  }

  /** The bytes of a part of a text; refused if it is not the one spelling of any. */
  static byte[] decode(byte[] text, int from, int to) throws RefusedException {
    Refusal.require(endsCanonically(text, from, to), Refusal.FORM);
    try {
      return DECODER.decode(ByteBuffer.wrap(text, from, to - from)).array();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.FORM);
    }
  }

  /**
   * Whether {@code segment}, all of whose characters are in the alphabet, is what {@link #encode}
   * makes of some bytes: its last character carries no bits that decoding drops.
   */
  static boolean isCanonical(String segment) {
    int length = segment.length();
    return length == 0 || endsCanonically(length, segment.charAt(length - 1));
  }

  private static boolean endsCanonically(byte[] text, int from, int to) {
    return from == to || endsCanonically(to - from, (char) (text[to - 1] & 0xFF));
  }

  private static boolean endsCanonically(int length, char last) {
    int rest = length % 4;
    int dropped = rest == 2 ? 0b1111 : rest == 3 ? 0b11 : 0;
    return rest != 1 && isAlphabet(last) && (BITS[last] & dropped) == 0;
  }

  private static byte[] bits() {
    byte[] bits = new byte[128];
    Arrays.fill(bits, (byte) -1);
    byte[] alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < alphabet.length; i++) {
      bits[alphabet[i]] = (byte) i;
    }
    return bits;
  }
}
