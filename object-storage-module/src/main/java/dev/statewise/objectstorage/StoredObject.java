package dev.statewise.objectstorage;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SessionCodec.Decoded;
import dev.statewise.spi.SessionStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The bytes of one object: those of {@link SessionCodec} between two checksums, so that a flipped
 * bit is found whatever the server does, and so that the header can be read alone.
 *
 * <pre>
 *  0   1  what it is: 1 a session, 0 the mark of one that was swept, more: of a newer node
 *  1   4  CRC-32C of the 92 bytes that follow
 *  5  92  the header of {@link SessionCodec}
 * 97      its text
 * -4   4  CRC-32C of all before
 * </pre>
 */
final class StoredObject {

  /** The bytes that {@link #head} takes. */
  static final int HEAD = 97;

  /** What lies where a session was swept, until it is deleted: nobody overwrites it. */
  static final byte[] MARK = {0};

  static final byte SESSION = 1;
  static final int CHECKSUM = Integer.BYTES;
  static final int CODEC_AT = 1 + CHECKSUM;
  static final int CODEC_HEADER = HEAD - CODEC_AT;

  private static final int TAG_AT = CODEC_AT + 1;
  private static final int LAST_SEEN_AT = CODEC_AT + 17;
  private static final String NO_BEGINNING = "it does not begin as a session does";
  private static final String DAMAGED = "its checksum is not that of its bytes";

  private StoredObject() {}

  /** What lies under the name of a session. */
  sealed interface Content {
    /** Nothing, or the mark of a session that was swept. */
    enum Nothing implements Content {
      ABSENT,
      SWEPT
    }

    /** Of a format that only a newer node knows. */
    record Newer() implements Content {}

    /**
     * Not that session.
     *
     * @param why without any text of the object
     */
    record Stranger(String why) implements Content {}

    /** A session; without subject and attributes if only its head was read. */
    record Kept(Session session) implements Content {}
  }

  /** The bytes of a session, made while they are read, again at each call of {@link #open}. */
  record Sealed(SessionStream session) implements S3Api.Body {
    @Override
    public long length() {
      return CODEC_AT + session.length() + CHECKSUM;
    }

    @Override
    public InputStream open() {
      return new SealingStream(session.open());
    }
  }

  static Sealed seal(Session session, byte[] tag) {
    return new Sealed(SessionStream.of(session, tag));
  }

  /**
   * Reads an object to its end.
   *
   * @param length of all of it
   * @throws IOException if the stream throws it or ends early
   */
  static Content read(InputStream in, long length, SessionKey key) throws IOException {
    CRC32C sum = new CRC32C();
    CheckedInputStream summed = new CheckedInputStream(in, sum);
    byte[] head = bytes(summed, (int) Math.min(HEAD, length));
    Content begun = head(head, key);
    if (!(begun instanceof Content.Kept)) {
      return begun;
    }
    if (length < HEAD + CHECKSUM) {
      return new Content.Stranger(DAMAGED);
    }
    InputStream codec =
        new SequenceInputStream(new ByteArrayInputStream(head, CODEC_AT, CODEC_HEADER), summed);
    Decoded decoded = SessionStream.read(codec, length - CODEC_AT - CHECKSUM, key);
    if (!(decoded instanceof Decoded.Read read)) {
      return other(decoded);
    }
    int expected = (int) sum.getValue();
    return ByteBuffer.wrap(bytes(in, CHECKSUM)).getInt() == expected
        ? new Content.Kept(read.session())
        : new Content.Stranger(DAMAGED);
  }

  /** Reads the first {@link #HEAD} bytes of an object, or all if it is shorter. */
  static Content head(byte[] bytes, SessionKey key) {
    if (bytes.length < HEAD || bytes[0] != SESSION) {
      return notASession(bytes);
    }
    if (ByteBuffer.wrap(bytes).getInt(1) != sum(bytes, CODEC_AT, CODEC_HEADER)) {
      return new Content.Stranger(DAMAGED);
    }
    // With an empty subject and no attributes behind it, a header is all that a session has.
    byte[] alone = new byte[CODEC_HEADER + 2];
    System.arraycopy(bytes, CODEC_AT, alone, 0, CODEC_HEADER);
    Decoded decoded = SessionCodec.decode(alone, key);
    return decoded instanceof Decoded.Read read ? new Content.Kept(read.session()) : other(decoded);
  }

  /** The write tag in what {@link #head} found to be a session. */
  static byte[] tagOf(byte[] head) {
    return Arrays.copyOfRange(head, TAG_AT, TAG_AT + SessionCodec.TAG_LENGTH);
  }

  /**
   * What {@link #read} says of these bytes, and if they are a session, its bytes seen later: in the
   * same array, with the same tag.
   */
  static Content touch(byte[] bytes, SessionKey key, Instant lastSeen) {
    Content content = head(bytes, key);
    if (!(content instanceof Content.Kept kept)) {
      return content;
    }
    int end = bytes.length - CHECKSUM;
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    if (end < HEAD || whole.getInt(end) != sum(bytes, 0, end)) {
      return new Content.Stranger(DAMAGED);
    }
    Instant later = kept.session().seenAt(lastSeen).lastSeen();
    if (!later.isAfter(kept.session().lastSeen())) {
      return content;
    }
    whole.putLong(LAST_SEEN_AT, later.toEpochMilli());
    whole.putInt(1, sum(bytes, CODEC_AT, CODEC_HEADER));
    whole.putInt(end, sum(bytes, 0, end));
    return content;
  }

  private static Content notASession(byte[] bytes) {
    if (Arrays.equals(bytes, MARK)) {
      return Content.Nothing.SWEPT;
    }
    return bytes.length > 0 && Byte.toUnsignedInt(bytes[0]) > SESSION
        ? new Content.Newer()
        : new Content.Stranger(NO_BEGINNING);
  }

  private static Content other(Decoded decoded) {
    return decoded instanceof Decoded.Unreadable unreadable
        ? new Content.Stranger(unreadable.why())
        : new Content.Newer();
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("An object ends before its end.");
    }
    return bytes;
  }

  static int sum(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
