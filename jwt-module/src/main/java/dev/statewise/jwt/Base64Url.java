package dev.statewise.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Base64url as RFC 7515 §2 has it, in one spelling for each byte string: no padding, no other
 * character, no stray bits (RFC 4648 §3.5).
 */
final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  static boolean isAlphabet(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  static long encodedLength(long bytes) {
    return (bytes * 4 + 2) / 3;
  }

  /**
   * Whether {@code segment}, all of whose characters are in the alphabet, is what {@link #encode}
   * makes of some bytes: its last character carries no bits that decoding drops.
   */
  static boolean isCanonical(String segment) {
    int rest = segment.length() % 4;
    if (rest < 2) {
      return rest == 0;
    }
    int dropped = rest == 2 ? 0b1111 : 0b11;
    return (valueOf(segment.charAt(segment.length() - 1)) & dropped) == 0;
  }

  /** The bytes of a segment that is in the alphabet and canonical. */
  static byte[] decode(String segment) {
    return DECODER.decode(segment.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int valueOf(char c) {
    if (c >= 'a') {
      return c == '_' ? 63 : c - 'a' + 26;
    }
    if (c >= 'A') {
      return c == '_' ? 63 : c - 'A';
    }
    return c == '-' ? 62 : c - '0' + 52;
  }
}
