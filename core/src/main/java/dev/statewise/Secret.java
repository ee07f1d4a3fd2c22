package dev.statewise;

import dev.statewise.session.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The secret half of a session id: 24 characters of base64url, 144 random bits (OWASP ASVS 7.2.3
 * asks for 128). It cannot be printed, and no store sees it.
 */
final class Secret {

  static final int LENGTH = 24;

  private static final int BYTES = 18;
  private static final boolean[] ALPHABET = new boolean[128];
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  // Finding the provider anew costs more than hashing 24 characters, and every request hashes.
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Secret::newSha256);

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .chars()
        .forEach(c -> ALPHABET[c] = true);
  }

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** The secret in {@code text}; empty if it is not 24 characters of base64url. */
  static Optional<Secret> parse(String text) {
    boolean wellFormed = text.length() == LENGTH;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      wellFormed &= c < ALPHABET.length && ALPHABET[c];
    }
    return wellFormed ? Optional.of(new Secret(text)) : Optional.empty();
  }

  static Secret draw(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(ENCODER.encodeToString(bytes));
  }

  String text() {
    return text;
  }

  SecretHash hash() {
    return SecretHash.of(sha256());
  }

  /** Whether this is the secret behind {@code hash}, compared in constant time. */
  boolean isBehind(SecretHash hash) {
    return hash.matches(sha256());
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }

  private byte[] sha256() {
    return SHA_256.get().digest(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
