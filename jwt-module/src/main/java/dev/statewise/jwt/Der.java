package dev.statewise.jwt;

import java.util.Set;

/**
 * As much of DER (ITU-T X.690) as it takes to recognise what keys and certificates are kept in:
 * SPKI, PKCS #8, PKCS #1, SEC 1, X.509, PKCS #12.
 */
final class Der {

  private static final int SEQUENCE = 0x30;
  private static final int LONGEST_LENGTH = 3;

  /** Integer, bit and octet string, object identifier, sequence, set, and what is optional. */
  private static final Set<Integer> TAGS =
      Set.of(0x02, 0x03, 0x04, 0x06, SEQUENCE, 0x31, 0xA0, 0xA1, 0xA2, 0xA3);

  private Der() {}

  /**
   * Whether the bytes are one sequence of two elements or more, to the last byte. Random bytes of
   * the length of a secret are so by chance once in 2^35 or more.
   */
  static boolean isSequence(byte[] bytes) {
    if (tag(bytes, 0) != SEQUENCE || end(bytes, 0) != bytes.length) {
      return false;
    }
    int at = contents(bytes, 0);
    int elements = 0;
    while (at < bytes.length && TAGS.contains(tag(bytes, at))) {
      int end = end(bytes, at);
      if (end < 0) {
        return false;
      }
      at = end;
      elements++;
    }
    return at == bytes.length && elements >= 2;
  }

  private static int tag(byte[] bytes, int at) {
    return at < bytes.length ? bytes[at] & 0xFF : -1;
  }

  /** Where the element at {@code at} ends; negative if that is not within the bytes. */
  private static int end(byte[] bytes, int at) {
    int contents = contents(bytes, at);
    if (contents < 0) {
      return -1;
    }
    long length = contents == at + 2 ? bytes[at + 1] : 0;
    for (int i = at + 2; i < contents; i++) {
      length = length << 8 | (bytes[i] & 0xFF);
    }
    long end = contents + length;
    return end <= bytes.length ? (int) end : -1;
  }

  /** Where what is in the element at {@code at} begins; negative if it has no length. */
  private static int contents(byte[] bytes, int at) {
    if (at + 2 > bytes.length) {
      return -1;
    }
    int first = bytes[at + 1] & 0xFF;
    int more = first < 0x80 ? 0 : first - 0x80;
    boolean isLength = first != 0x80 && more <= LONGEST_LENGTH && at + 2 + more <= bytes.length;
    return isLength ? at + 2 + more : -1;
  }
}
