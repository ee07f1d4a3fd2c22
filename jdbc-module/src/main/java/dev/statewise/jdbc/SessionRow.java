package dev.statewise.jdbc;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SessionCodec.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that was read.
 *
 * @param key what it lies under, whether or not that is a session key
 * @param decoded what it turned out to be
 */
record SessionRow(String key, Decoded decoded) {

  private static final String NOT_A_SESSION = "its columns are not those of a session";

  static SessionRow read(ResultSet row) throws SQLException {
    String key = row.getString(1);
    int format = row.getInt(2);
    if (format > SessionCodec.FORMAT) {
      return new SessionRow(key, new Decoded.Newer());
    }
    return new SessionRow(key, format == SessionCodec.FORMAT ? decode(key, row) : unreadable());
  }

  /** What an INSERT of {@code session} binds, in the order of its columns. */
  static @Nullable Object[] inserted(Session session) {
    return new @Nullable Object[] {
      session.key().text(),
      SessionCodec.FORMAT,
      session.version(),
      newTag(),
      session.secretHash().bytes(),
      session.createdAt().toEpochMilli(),
      session.lastSeen().toEpochMilli(),
      session.idleTimeout().toMillis(),
      session.absoluteEnd().toEpochMilli(),
      bytes(session.subject()),
      indexed(session),
      SessionCodec.encodeAttributes(session.attributes()),
      keptFor(session)
    };
  }

  /** What an UPDATE to {@code next} binds. */
  static @Nullable Object[] replaced(Session next, long tag) {
    long seen = next.lastSeen().toEpochMilli();
    long idle = next.idleTimeout().toMillis();
    long end = next.absoluteEnd().toEpochMilli();
    return new @Nullable Object[] {
      idle,
      end,
      seen,
      next.version(),
      tag,
      next.secretHash().bytes(),
      next.createdAt().toEpochMilli(),
      seen,
      idle,
      end,
      bytes(next.subject()),
      indexed(next),
      SessionCodec.encodeAttributes(next.attributes()),
      next.key().text(),
      next.version() - 1
    };
  }

  static long newTag() {
    return ByteBuffer.wrap(SessionCodec.newTag()).getLong();
  }

  static byte[] bytes(String subject) {
    return subject.getBytes(StandardCharsets.UTF_8);
  }

  /** By what a subject is looked up; the subject itself is compared as well. */
  static long hash(byte[] subject) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(subject)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }

  private static @Nullable Long indexed(Session session) {
    return session.isAnonymous() ? null : hash(bytes(session.subject()));
  }

  private static long keptFor(Session session) {
    long life = Duration.between(session.lastSeen(), session.end()).toMillis();
    return Math.max(0, life) + JdbcSessionStore.MARGIN.toMillis();
  }

  private static Decoded decode(String key, ResultSet row) throws SQLException {
    Optional<SessionKey> parsed = SessionKey.parse(key);
    Optional<String> subject = text(row.getBytes(9));
    Optional<Map<String, String>> attributes =
        SessionCodec.decodeAttributes(orNothing(row.getBytes(10)));
    if (parsed.isEmpty() || subject.isEmpty() || attributes.isEmpty()) {
      return unreadable();
    }
    try {
      return new Decoded.Read(
          Session.restore(
              parsed.get(),
              subject.get(),
              SecretHash.of(orNothing(row.getBytes(4))),
              row.getLong(3),
              Instant.ofEpochMilli(row.getLong(5)),
              Instant.ofEpochMilli(row.getLong(6)),
              Duration.ofMillis(row.getLong(7)),
              Instant.ofEpochMilli(row.getLong(8)),
              attributes.get()));
    } catch (IllegalArgumentException e) {
      // What is wrong is told by its kind alone: the message may quote an attribute.
      return unreadable();
    }
  }

  private static Decoded unreadable() {
    return new Decoded.Unreadable(NOT_A_SESSION);
  }

  private static byte[] orNothing(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static Optional<String> text(byte @Nullable [] utf8) {
    try {
      return utf8 == null
          ? Optional.empty()
          : Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
