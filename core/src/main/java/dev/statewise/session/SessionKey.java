package dev.statewise.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The public name of a session, stable for its life: 15 characters of base64url, a slot of 3 and a
 * handle of 12.
 *
 * <p>All sessions of one subject share a slot, so that a clustered store can keep them, and their
 * index, in one place. A key proves nothing and may be logged.
 *
 * @param text the 15 characters
 */
public record SessionKey(String text) implements Comparable<SessionKey> {

  /** How many characters a key has. */
  public static final int LENGTH = 15;

  private static final int SLOT_LENGTH = 3;
  private static final int HANDLE_BYTES = 9;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /**
   * @throws IllegalArgumentException if {@code text} is not 15 characters of base64url
   */
  public SessionKey {
    Objects.requireNonNull(text, "text");
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "A session key is 15 characters of A-Z a-z 0-9 - _, and this text of %d characters is not one. Read keys that a client sent with SessionKey.parse."
              .formatted(text.length()));
    }
  }

  /** The key in {@code text}; empty if it is null or not 15 characters of base64url. */
  public static Optional<SessionKey> parse(@Nullable String text) {
    return text != null && isWellFormed(text)
        ? Optional.of(new SessionKey(text))
        : Optional.empty();
  }

  /**
   * Draws a new key: the slot of {@code subject} and 72 random bits.
   *
   * @param subject whose session it is; empty for an anonymous one, whose slot is random too
   * @param random the source of the bits; in production a {@link java.security.SecureRandom}
   */
  public static SessionKey draw(String subject, RandomGenerator random) {
    byte[] handle = new byte[HANDLE_BYTES];
    random.nextBytes(handle);
    return new SessionKey(slotOf(subject, random) + ENCODER.encodeToString(handle));
  }

  /** The first 3 characters: the same for every session of one subject. */
  public String slot() {
    return text.substring(0, SLOT_LENGTH);
  }

  /** The other 12 characters: random, and different for each session. */
  public String handle() {
    return text.substring(SLOT_LENGTH);
  }

  @Override
  public int compareTo(SessionKey other) {
    return text.compareTo(other.text);
  }

  /** The key itself: it is public. */
  @Override
  public String toString() {
    return text;
  }

  private static boolean isWellFormed(String text) {
    return text.length() == LENGTH && Base64Url.isAlphabet(text);
  }

  private static String slotOf(String subject, RandomGenerator random) {
    byte[] bits = new byte[SLOT_LENGTH];
    if (subject.isEmpty()) {
      random.nextBytes(bits);
    } else {
      bits = Arrays.copyOf(sha256(subject.getBytes(StandardCharsets.UTF_8)), SLOT_LENGTH);
    }
    return ENCODER.encodeToString(bits).substring(0, SLOT_LENGTH);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
