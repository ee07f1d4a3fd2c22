package dev.statewise.redis;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A session as the bytes of one Redis value, and back.
 *
 * <p>A header of 92 bytes whose places are fixed, because the scripts read and write them, and then
 * text. Numbers are big-endian.
 *
 * <pre>
 *  0   1  format, 1
 *  1   8  write tag: random, new for each write; tells a write sent twice from two writes
 *  9   8  version
 * 17   8  lastSeen, ms
 * 25   8  createdAt, ms
 * 33   4  idle timeout, s, unsigned
 * 37   8  absoluteEnd, ms
 * 45  32  secret hash
 * 77  15  session key
 * 92      subject; number of attributes; name and value of each.
 *         A text is its length in bytes and its UTF-8; a number here has 7 bits a byte, low first.
 * </pre>
 */
final class SessionCodec {

  static final int FORMAT = 1;
  static final int TAG_LENGTH = 8;

  private static final int HEADER = 92;
  private static final int VERSION_AT = 9;
  private static final int KEY_AT = HEADER - SessionKey.LENGTH;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;
  private static final int FEW = 16;
  private static final char REPLACEMENT = '\uFFFD';

  private SessionCodec() {}

  /** What bytes turned out to be. */
  sealed interface Decoded {
    /** A session. */
    record Read(Session session) implements Decoded {}

    /** Something of a format that only a newer node knows. */
    record Newer() implements Decoded {}

    /** Not a session, or not of that key. */
    record Unreadable(String why) implements Decoded {}
  }

  static byte[] encode(Session session, byte[] tag) {
    byte[] subject = utf8(session.subject());
    byte[][] texts = new byte[2 * session.attributes().size()][];
    long length = HEADER + sizeOf(subject) + sizeOfNumber(session.attributes().size());
    int next = 0;
    for (Map.Entry<String, String> attribute : session.attributes().entrySet()) {
      texts[next++] = utf8(attribute.getKey());
      texts[next++] = utf8(attribute.getValue());
    }
    for (byte[] text : texts) {
      length += sizeOf(text);
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length));
    putHeader(out, session, tag);
    putText(out, subject);
    putNumber(out, session.attributes().size());
    for (byte[] text : texts) {
      putText(out, text);
    }
    return out.array();
  }

  /** Strict: every byte must have its meaning, and the key must be {@code key}. */
  static Decoded decode(byte[] value, SessionKey key) {
    if (value.length > 0 && Byte.toUnsignedInt(value[0]) > FORMAT) {
      return new Decoded.Newer();
    }
    if (value.length < HEADER || value[0] != FORMAT) {
      return new Decoded.Unreadable("it does not begin as a session does");
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(value);
      // The key that was asked for stands for the one that is read, if they are the same.
      SessionKey read = isAt(KEY_AT, value, key) ? key : readKey(value);
      Session session = readSession(in, read);
      return read.equals(key)
          ? new Decoded.Read(session)
          : new Decoded.Unreadable("it is the session " + read);
    } catch (MalformedException | IllegalArgumentException e) {
      // What is wrong is told by its kind alone: the message may quote an attribute.
      return new Decoded.Unreadable("its bytes are not those of a session");
    }
  }

  /** A subject as it follows the header. */
  static byte[] subject(String subject) {
    byte[] text = utf8(subject);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(sizeOf(text)));
    putText(out, text);
    return out.array();
  }

  static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static void putHeader(ByteBuffer out, Session session, byte[] tag) {
    out.put((byte) FORMAT)
        .put(tag)
        .putLong(session.version())
        .putLong(session.lastSeen().toEpochMilli())
        .putLong(session.createdAt().toEpochMilli())
        .putInt((int) session.idleTimeout().toSeconds())
        .putLong(session.absoluteEnd().toEpochMilli())
        .put(session.secretHash().bytes())
        .put(session.key().text().getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isAt(int at, byte[] value, SessionKey key) {
    String text = key.text();
    boolean same = true;
    for (int i = 0; i < SessionKey.LENGTH; i++) {
      same &= value[at + i] == text.charAt(i);
    }
    return same;
  }

  private static SessionKey readKey(byte[] value) {
    return new SessionKey(
        new String(value, KEY_AT, SessionKey.LENGTH, StandardCharsets.ISO_8859_1));
  }

  private static Session readSession(ByteBuffer in, SessionKey key) throws MalformedException {
    in.position(VERSION_AT);
    long version = in.getLong();
    Instant lastSeen = Instant.ofEpochMilli(in.getLong());
    Instant createdAt = Instant.ofEpochMilli(in.getLong());
    Duration idleTimeout = Duration.ofSeconds(in.getInt() & UNSIGNED_INT);
    Instant absoluteEnd = Instant.ofEpochMilli(in.getLong());
    byte[] secretHash = new byte[SecretHash.LENGTH];
    in.get(secretHash);
    in.position(HEADER);
    String subject = readText(in);
    Map<String, String> attributes = readAttributes(in);
    if (in.hasRemaining()) {
      throw new MalformedException();
    }
    return Session.restore(
        key,
        subject,
        SecretHash.of(secretHash),
        version,
        createdAt,
        lastSeen,
        idleTimeout,
        absoluteEnd,
        attributes);
  }

  private static Map<String, String> readAttributes(ByteBuffer in) throws MalformedException {
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
      attributes[i] = Map.entry(readText(in), readText(in));
    }
    return Map.ofEntries(attributes);
  }

  private static Map<String, String> readMany(ByteBuffer in, int count) throws MalformedException {
    Map<String, String> attributes = new HashMap<>((int) (count / 0.75) + 1);
    for (int i = 0; i < count; i++) {
      if (attributes.put(readText(in), readText(in)) != null) {
        throw new MalformedException();
      }
    }
    return attributes;
  }

  private static String readText(ByteBuffer in) throws MalformedException {
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

  private static void requireUtf8(ByteBuffer bytes) throws MalformedException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new MalformedException();
    }
  }

  private static void putText(ByteBuffer out, byte[] text) {
    putNumber(out, text.length);
    out.put(text);
  }

  private static void putNumber(ByteBuffer out, int number) {
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

  private static long sizeOf(byte[] text) {
    return (long) sizeOfNumber(text.length) + text.length;
  }

  private static int sizeOfNumber(int number) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(number | 1);
    return (bits + 6) / 7;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes that no session has. Without a stack trace, for it never leaves this class. */
  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("malformed", null, false, false);
    }
  }
}
