package dev.statewise.spi;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A session as the bytes of one stored value, and back: for a store of your own that keeps bytes.
 *
 * <p>A header of 92 bytes whose places are fixed, so that a script or a patch can read and write
 * them, and then text. Numbers are big-endian.
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
 *
 * <p>Nothing is compressed, encrypted or deserialised into a class of the writer's choice, and
 * damage is found only where it leaves no session: a store on a medium that flips bits adds a
 * checksum of its own.
 */
public final class SessionCodec {

  /** The format that is written here. A value of a higher one is of a newer node. */
  public static final int FORMAT = 1;

  /** The bytes of a write tag. */
  public static final int TAG_LENGTH = 8;

  static final int HEADER_LENGTH = 92;

  static final String NO_BEGINNING = "it does not begin as a session does";

  // What is wrong is told by its kind alone: the message of what was thrown may quote an attribute.
  static final String NO_SESSION = "its bytes are not those of a session";

  private static final int TAG_AT = 1;
  private static final int VERSION_AT = 9;
  private static final int KEY_AT = HEADER_LENGTH - SessionKey.LENGTH;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SessionCodec() {}

  /** What bytes turned out to be. */
  public sealed interface Decoded {
    /**
     * A session.
     *
     * @param session with the key that was asked for
     */
    record Read(Session session) implements Decoded {}

    /** Something of a format that only a newer node knows: unavailable, and never overwritten. */
    record Newer() implements Decoded {}

    /**
     * Not a session, or not of that key.
     *
     * @param why without any text of the value
     */
    record Unreadable(String why) implements Decoded {}
  }

  /** A write tag: random, and new for each write that is not sent again. */
  public static byte[] newTag() {
    byte[] tag = new byte[TAG_LENGTH];
    RANDOM.nextBytes(tag);
    return tag;
  }

  /** The write tag in what {@link #encode} gave, or in what {@link #decode} read. */
  public static byte[] tagOf(byte[] value) {
    return Arrays.copyOfRange(value, TAG_AT, TAG_AT + TAG_LENGTH);
  }

  /**
   * The bytes of {@code session}.
   *
   * @param tag of {@link #TAG_LENGTH} bytes: that of {@link #newTag}, or the one that lies there
   *     already if only {@code lastSeen} moved
   * @throws IllegalArgumentException if {@code tag} has another length
   * @throws ArithmeticException if it is 2 GiB or more
   */
  public static byte[] encode(Session session, byte[] tag) {
    byte[] subject = StoredText.utf8(session.subject());
    byte[][] texts = StoredText.utf8(session.attributes());
    long length = HEADER_LENGTH + StoredText.sizeOf(subject) + StoredText.sizeOf(texts);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length));
    putHeader(out, session, requireTag(tag));
    StoredText.put(out, subject);
    StoredText.put(out, texts);
    return out.array();
  }

  /** Strict: every byte must have its meaning, and the key must be {@code key}. Never throws. */
  public static Decoded decode(byte[] value, SessionKey key) {
    if (value.length > 0 && Byte.toUnsignedInt(value[0]) > FORMAT) {
      return new Decoded.Newer();
    }
    if (value.length < HEADER_LENGTH || value[0] != FORMAT) {
      return new Decoded.Unreadable(NO_BEGINNING);
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(value).position(HEADER_LENGTH);
      String subject = StoredText.read(in);
      Map<String, String> attributes = StoredText.readAttributes(in);
      return in.hasRemaining()
          ? new Decoded.Unreadable(NO_SESSION)
          : decoded(value, key, subject, attributes);
    } catch (StoredText.MalformedException | IllegalArgumentException e) {
      return new Decoded.Unreadable(NO_SESSION);
    }
  }

  /** The subject as {@link #encode} has it behind the header. */
  public static byte[] encodeSubject(String subject) {
    byte[] text = StoredText.utf8(subject);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(StoredText.sizeOf(text)));
    StoredText.put(out, text);
    return out.array();
  }

  /** The attributes as {@link #encode} has them at the end, for a store that has columns. */
  public static byte[] encodeAttributes(Map<String, String> attributes) {
    byte[][] texts = StoredText.utf8(attributes);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(StoredText.sizeOf(texts)));
    StoredText.put(out, texts);
    return out.array();
  }

  /**
   * The attributes in what {@link #encodeAttributes} gave; as strict as {@link #decode}.
   *
   * @return empty if the bytes are not those of attributes. Whether a session may carry them is
   *     judged by {@link Session#restore}
   */
  public static Optional<Map<String, String>> decodeAttributes(byte[] value) {
    try {
      ByteBuffer in = ByteBuffer.wrap(value);
      Map<String, String> attributes = StoredText.readAttributes(in);
      return in.hasRemaining() ? Optional.empty() : Optional.of(attributes);
    } catch (StoredText.MalformedException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static byte[] requireTag(byte[] tag) {
    if (requireNonNull(tag, "tag").length != TAG_LENGTH) {
      throw new IllegalArgumentException(
          "A write tag has %d bytes, and this has %d. Take one from SessionCodec.newTag()."
              .formatted(TAG_LENGTH, tag.length));
    }
    return tag;
  }

  static byte[] header(Session session, byte[] tag) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_LENGTH);
    putHeader(out, session, tag);
    return out.array();
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

  /**
   * The session of a header and its text.
   *
   * @param value begins with the header
   * @throws IllegalArgumentException if they make no session
   */
  static Decoded decoded(
      byte[] value, SessionKey key, String subject, Map<String, String> attributes) {
    // The key that was asked for stands for the one that is read, if they are the same.
    SessionKey read = isAt(KEY_AT, value, key) ? key : readKey(value);
    ByteBuffer in = ByteBuffer.wrap(value).position(VERSION_AT);
    long version = in.getLong();
    Instant lastSeen = Instant.ofEpochMilli(in.getLong());
    Instant createdAt = Instant.ofEpochMilli(in.getLong());
    Duration idleTimeout = Duration.ofSeconds(in.getInt() & UNSIGNED_INT);
    Instant absoluteEnd = Instant.ofEpochMilli(in.getLong());
    byte[] secretHash = new byte[SecretHash.LENGTH];
    in.get(secretHash);
    Session session =
        Session.restore(
            read,
            subject,
            SecretHash.of(secretHash),
            version,
            createdAt,
            lastSeen,
            idleTimeout,
            absoluteEnd,
            attributes);
    return read.equals(key)
        ? new Decoded.Read(session)
        : new Decoded.Unreadable("it is the session " + read);
  }
}
