package dev.statewise.spi;

import dev.statewise.session.Session;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of one session from the first to the last, a piece of its text at a time. */
final class TextStream extends InputStream {

  private static final int PIECE = 4_096;
  private static final int LARGEST_NUMBER = 5;
  private static final int BYTES_A_CHAR = 3;

  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final CharBuffer chars = CharBuffer.allocate(PIECE);
  private final ByteBuffer bytes =
      ByteBuffer.allocate(SessionCodec.HEADER_LENGTH + LARGEST_NUMBER + PIECE * BYTES_A_CHAR);
  private final Iterator<Map.Entry<String, String>> attributes;
  private final int[] sizes;
  private int nextSize;
  private String text;
  private int at;
  private @Nullable String value;
  private boolean countIsPut;
  private boolean ended;

  TextStream(byte[] header, Session session, int[] sizes) {
    this.attributes = session.attributes().entrySet().iterator();
    this.sizes = sizes;
    this.text = session.subject();
    bytes.put(header);
    StoredText.putNumber(bytes, sizes[nextSize++]);
    putPiece();
    bytes.flip();
  }

  /** In bytes: of the subject, and of the name and value of each attribute in turn. */
  static int[] sizes(Session session) {
    int[] sizes = new int[1 + 2 * session.attributes().size()];
    int next = 0;
    sizes[next++] = size(session.subject());
    for (Map.Entry<String, String> attribute : session.attributes().entrySet()) {
      sizes[next++] = size(attribute.getKey());
      sizes[next++] = size(attribute.getValue());
    }
    return sizes;
  }

  /** Of all that follows the header. */
  static long length(int[] sizes) {
    long length = StoredText.sizeOfNumber(sizes.length / 2);
    for (int size : sizes) {
      length += (long) StoredText.sizeOfNumber(size) + size;
    }
    return length;
  }

  @Override
  public int read() {
    return hasMore() ? Byte.toUnsignedInt(bytes.get()) : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    int read = 0;
    while (read < length && hasMore()) {
      int now = Math.min(length - read, bytes.remaining());
      bytes.get(into, offset + read, now);
      read += now;
    }
    return read == 0 ? -1 : read;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }

  private boolean hasMore() {
    while (!bytes.hasRemaining() && !ended) {
      bytes.clear();
      if (at == text.length()) {
        putNext();
      }
      putPiece();
      bytes.flip();
    }
    return bytes.hasRemaining();
  }

  /**
   * What stands before the next text: its length, and before the first the number of attributes.
   */
  private void putNext() {
    if (!countIsPut) {
      countIsPut = true;
      StoredText.putNumber(bytes, sizes.length / 2);
    } else if (value != null) {
      begin(value);
      value = null;
    } else if (attributes.hasNext()) {
      Map.Entry<String, String> next = attributes.next();
      begin(next.getKey());
      value = next.getValue();
    } else {
      ended = true;
    }
  }

  private void begin(String next) {
    text = next;
    at = 0;
    StoredText.putNumber(bytes, sizes[nextSize++]);
  }

  /** Never between the two halves of a character beyond the basic plane. */
  private void putPiece() {
    int end = Math.min(text.length(), at + PIECE);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    text.getChars(at, end, chars.array(), 0);
    chars.clear().limit(end - at);
    encoder.reset().encode(chars, bytes, true);
    at = end;
  }

  private static int size(String text) {
    int size = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // The two halves of a character beyond the basic plane make 4 bytes together.
        size += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        size++;
      }
    }
    return size;
  }
}
