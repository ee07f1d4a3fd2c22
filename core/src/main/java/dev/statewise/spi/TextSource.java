package dev.statewise.spi;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** {@link StoredText} as it is read from a stream, of which it takes no byte beyond its end. */
final class TextSource {

  private static final int BUFFER = 8_192;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private long toCome;
  private int at;
  private int end;

  TextSource(InputStream in, long length) {
    this.in = in;
    this.toCome = length;
  }

  /** The next byte, unsigned, which is there to be read still. */
  int peek() throws IOException {
    ensure(1);
    return Byte.toUnsignedInt(buffer[at]);
  }

  /** The next few. */
  byte[] bytes(int count) throws IOException {
    ensure(count);
    byte[] bytes = new byte[count];
    System.arraycopy(buffer, at, bytes, 0, count);
    at += count;
    return bytes;
  }

  String text() throws IOException, StoredText.MalformedException {
    int length = number();
    if (length > left()) {
      throw new StoredText.MalformedException();
    }
    if (length > BUFFER) {
      byte[] all = large(length);
      return text(all, 0, length);
    }
    ensure(length);
    at += length;
    return text(buffer, at - length, length);
  }

  /**
   * @throws IllegalArgumentException if a name is there twice
   */
  Map<String, String> attributes() throws IOException, StoredText.MalformedException {
    int count = number();
    // Each takes two bytes at least: a count that the bytes cannot hold must not size a map.
    if (count > left() / 2) {
      throw new StoredText.MalformedException();
    }
    return count <= StoredText.FEW ? few(count) : many(count);
  }

  void requireEnd() throws StoredText.MalformedException {
    if (left() > 0) {
      throw new StoredText.MalformedException();
    }
  }

  /** Into the very map that a session keeps, which is not copied again. It refuses a name twice. */
  private Map<String, String> few(int count) throws IOException, StoredText.MalformedException {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Map.Entry<String, String>[] attributes = new Map.Entry[count];
    for (int i = 0; i < count; i++) {
      attributes[i] = Map.entry(text(), text());
    }
    return Map.ofEntries(attributes);
  }

  private Map<String, String> many(int count) throws IOException, StoredText.MalformedException {
    Map<String, String> attributes = new HashMap<>((int) (count / 0.75) + 1);
    for (int i = 0; i < count; i++) {
      if (attributes.put(text(), text()) != null) {
        throw new StoredText.MalformedException();
      }
    }
    return attributes;
  }

  private int number() throws IOException, StoredText.MalformedException {
    long number = 0;
    for (int shift = 0; left() > 0 && shift < Integer.SIZE; shift += 7) {
      ensure(1);
      byte next = buffer[at++];
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        if (number > Integer.MAX_VALUE || (next == 0 && shift > 0)) {
          throw new StoredText.MalformedException();
        }
        return (int) number;
      }
    }
    throw new StoredText.MalformedException();
  }

  private static String text(byte[] bytes, int begin, int length)
      throws StoredText.MalformedException {
    String text = new String(bytes, begin, length, StandardCharsets.UTF_8);
    // Bytes that are not UTF-8 become a replacement character; only then is it worth a second look.
    if (text.indexOf(StoredText.REPLACEMENT) >= 0) {
      StoredText.requireUtf8(ByteBuffer.wrap(bytes, begin, length));
    }
    return text;
  }

  private byte[] large(int length) throws IOException {
    byte[] all = new byte[length];
    int here = end - at;
    System.arraycopy(buffer, at, all, 0, here);
    at = end;
    toCome -= length - here;
    if (in.readNBytes(all, here, length - here) < length - here) {
      throw new EOFException();
    }
    return all;
  }

  private long left() {
    return toCome + end - at;
  }

  /** Reads on until so many bytes are in the buffer, which has room for them. */
  private void ensure(int count) throws IOException {
    if (end - at >= count) {
      return;
    }
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    while (end < count) {
      int read = in.read(buffer, end, (int) Math.min(BUFFER - end, toCome));
      if (read <= 0) {
        throw new EOFException("The bytes of a session end before their end.");
      }
      end += read;
      toCome -= read;
    }
  }
}
