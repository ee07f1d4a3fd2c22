package dev.statewise.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text as it is written: keeps the first bytes up to a limit and counts them all, so that a
 * huge state costs no memory and its size is known all the same.
 */
final class PayloadBytes {

  private static final int FIRST_ROOM = 512;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final int limit;
  private byte[] kept;
  private long count;

  PayloadBytes(int limit) {
    this.limit = limit;
    this.kept = new byte[Math.min(limit, FIRST_ROOM)];
  }

  /** How many bytes were written, whether kept or not. */
  long count() {
    return count;
  }

  /** The bytes that were kept, in an array of their own. */
  byte[] kept() {
    return Arrays.copyOf(kept, (int) Math.min(count, limit));
  }

  void literal(byte[] ascii) {
    if (count + ascii.length <= limit) {
      makeRoom(ascii.length);
      System.arraycopy(ascii, 0, kept, (int) count, ascii.length);
      count += ascii.length;
    } else {
      for (byte b : ascii) {
        put(b);
      }
    }
  }

  /** A number that is not negative. */
  void number(long number) {
    long power = 1;
    while (number / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      put('0' + (int) (number / power % 10));
    }
  }

  /** Well-formed Unicode, escaped where JSON demands it and nowhere else. */
  void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        put(c);
      } else if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        following(c);
      } else if (Character.isHighSurrogate(c)) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        put(0xE0 | c >> 12);
        following(c >> 6);
        following(c);
      }
    }
  }

  private void ascii(char c) {
    int letter = "\"\\\b\t\n\f\r".indexOf(c);
    if (letter >= 0) {
      put('\\');
      put("\"\\btnfr".charAt(letter));
    } else if (c < ' ') {
      literal(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
    } else {
      put(c);
    }
  }

  private void fourBytes(int point) {
    put(0xF0 | point >> 18);
    following(point >> 12);
    following(point >> 6);
    following(point);
  }

  /** A byte behind the first one of a character: six bits of it. */
  private void following(int bits) {
    put(0x80 | (bits & 0x3F));
  }

  private void put(int b) {
    if (count < limit) {
      makeRoom(1);
      kept[(int) count] = (byte) b;
    }
    count++;
  }

  private void makeRoom(int more) {
    int needed = (int) count + more;
    if (needed > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(limit, Math.max(needed, 2 * kept.length)));
    }
  }
}
