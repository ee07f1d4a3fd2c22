package dev.statewise.spi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Text among the bytes of a stored value: its length in bytes and its UTF-8. A number has 7 bits a
 * byte, low first, and has no other spelling than the shortest.
 */
final class StoredText {

  static final int FEW = 16;
  static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Name and value of each attribute in turn. */
  static byte[][] utf8(Map<String, String> attributes) {
    byte[][] texts = new byte[2 * attributes.size()][];
    int next = 0;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      texts[next++] = utf8(attribute.getKey());
      texts[next++] = utf8(attribute.getValue());
    }
    return texts;
  }

  static long sizeOf(byte[] text) {
    return (long) sizeOfNumber(text.length) + text.length;
  }

  /** Of attributes, with their number in front. */
  static long sizeOf(byte[][] texts) {
    long size = sizeOfNumber(texts.length / 2);
    for (byte[] text : texts) {
      size += sizeOf(text);
    }
    return size;
  }

  static void put(ByteBuffer out, byte[] text) {
    putNumber(out, text.length);
    out.put(text);
  }

  /** Attributes, with their number in front. */
  static void put(ByteBuffer out, byte[][] texts) {
    putNumber(out, texts.length / 2);
    for (byte[] text : texts) {
      put(out, text);
    }
  }

  static String read(ByteBuffer in) throws MalformedException {
    int length = readNumber(in);
    if (length > in.remaining()) {
      throw new MalformedException();
    }
    int begin = in.arrayOffset() + in.position();
    String text = new String(in.array(), begin, length, StandardCharsets.UTF_8);
    // Bytes that are not UTF-8 become a replacement character; only then is it worth a second look.
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(ByteBuffer.wrap(in.array(), begin, length));
    }
    in.position(in.position() + length);
    return text;
  }

  /**
   * @throws IllegalArgumentException if a name is there twice
   */
  static Map<String, String> readAttributes(ByteBuffer in) throws MalformedException {
    int count = readNumber(in);
    // Each takes two bytes at least: a count that the bytes cannot hold must not size a map.
    if (count > in.remaining() / 2) {
      throw new MalformedException();
    }
    return count <= FEW ? readFew(in, count) : readMany(in, count);
  }

  /** Into the very map that a session keeps, which is not copied again. It refuses a name twice. */
  private static Map<String, String> readFew(ByteBuffer in, int count) throws MalformedException {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Map.Entry<String, String>[] attributes = new Map.Entry[count];
    for (int i = 0; i < count; i++) {
      attributes[i] = Map.entry(read(in), read(in));
    }
    return Map.ofEntries(attributes);
  }

  private static Map<String, String> readMany(ByteBuffer in, int count) throws MalformedException {
    Map<String, String> attributes = new HashMap<>((int) (count / 0.75) + 1);
    for (int i = 0; i < count; i++) {
      if (attributes.put(read(in), read(in)) != null) {
        throw new MalformedException();
      }
    }
    return attributes;
  }

  static void requireUtf8(ByteBuffer bytes) throws MalformedException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new MalformedException();
    }
  }

  static void putNumber(ByteBuffer out, int number) {
    int rest = number;
    while (rest > 0x7F) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static int readNumber(ByteBuffer in) throws MalformedException {
    long number = 0;
    for (int shift = 0; in.hasRemaining() && shift < Integer.SIZE; shift += 7) {
      byte next = in.get();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        if (number > Integer.MAX_VALUE || (next == 0 && shift > 0)) {
          throw new MalformedException();
        }
        return (int) number;
      }
    }
    throw new MalformedException();
  }

  static int sizeOfNumber(int number) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(number | 1);
    return (bits + 6) / 7;
  }

  /** Bytes that no session has. Without a stack trace, for it never leaves this package. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("malformed", null, false, false);
    }
  }
}
