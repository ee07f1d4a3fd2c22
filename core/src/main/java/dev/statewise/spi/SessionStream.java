package dev.statewise.spi;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionCodec.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A session as the bytes of {@link SessionCodec}, made while they are read: for a store whose
 * sessions are large, and which must know how many bytes will come before the first is sent.
 *
 * <p>Beside the session itself it takes some 32 KB, whatever the size of the state. Safe for use by
 * several threads, each with a stream of its own.
 */
public final class SessionStream {

  private final Session session;
  private final byte[] tag;
  private final int[] sizes;
  private final long length;

  private SessionStream(Session session, byte[] tag) {
    this.session = session;
    this.tag = tag;
    this.sizes = TextStream.sizes(session);
    this.length = SessionCodec.HEADER_LENGTH + TextStream.length(sizes);
  }

  /**
   * The bytes that {@link SessionCodec#encode} would give.
   *
   * @throws IllegalArgumentException if {@code tag} is not of {@link SessionCodec#TAG_LENGTH} bytes
   */
  public static SessionStream of(Session session, byte[] tag) {
    return new SessionStream(session, SessionCodec.requireTag(tag).clone());
  }

  /** How many bytes there are. */
  public long length() {
    return length;
  }

  /** The bytes from the first on; the same again at each call. Need not be closed. */
  public InputStream open() {
    return new TextStream(SessionCodec.header(session, tag), session, sizes);
  }

  /**
   * Reads what {@link SessionCodec#encode} or {@link #open} gave; as strict as {@link
   * SessionCodec#decode}. Beside the texts of the session it takes some 8 KB, and for a text that
   * is longer than that once more its bytes, until it is read: a String cannot be made of less.
   *
   * @param in is read as far as needed, never beyond {@code length}, and not closed
   * @param length how many bytes of it are the session's. Less than as much is taken for a text
   *     whose length says so, so bound it first
   * @throws IOException if {@code in} throws it, or ends before {@code length}
   */
  public static Decoded read(InputStream in, long length, SessionKey key) throws IOException {
    requireNonNull(key, "key");
    TextSource source = new TextSource(requireNonNull(in, "in"), length);
    if (length > 0 && source.peek() > SessionCodec.FORMAT) {
      return new Decoded.Newer();
    }
    if (length < SessionCodec.HEADER_LENGTH) {
      return new Decoded.Unreadable(SessionCodec.NO_BEGINNING);
    }
    byte[] header = source.bytes(SessionCodec.HEADER_LENGTH);
    if (header[0] != SessionCodec.FORMAT) {
      return new Decoded.Unreadable(SessionCodec.NO_BEGINNING);
    }
    try {
      String subject = source.text();
      Map<String, String> attributes = source.attributes();
      source.requireEnd();
      return SessionCodec.decoded(header, key, subject, attributes);
    } catch (StoredText.MalformedException | IllegalArgumentException e) {
      return new Decoded.Unreadable(SessionCodec.NO_SESSION);
    }
  }
}
