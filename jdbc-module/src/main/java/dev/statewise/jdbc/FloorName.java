package dev.statewise.jdbc;

import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a floor is kept under: the session key (15 characters), the hash of the subject (43), or
 * {@link #ALL}. No two of them can be the same.
 */
final class FloorName {

  static final String ALL = "all";

  private static final int SESSION_LENGTH = 15;

  private FloorName() {}

  static String of(SessionKey session) {
    return session.text();
  }

  /** Of the whole subject, so that no collation of a column makes two users one. */
  static String of(String subject) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256; this one does not.", e);
    }
  }

  /** Whether this is the name of a session's floor. */
  static boolean isSession(String name) {
    return name.length() == SESSION_LENGTH;
  }
}
