package dev.statewise.jwt;

import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A refresh token: {@code r.key.secret}, 66 characters. No session id has that length and no signed
 * token such a first part, so none of the three kinds can be taken for another.
 *
 * <p>The secret has two halves of 144 bits. The first is drawn for the family and is the same in
 * all its tokens: whoever presents it holds, or held, one of them. The second is of one generation.
 *
 * @param session the key of the family, and of the session it serves
 */
record RefreshToken(SessionKey session, String ofFamily, String ofGeneration) {

  private static final String PREFIX = "r.";
  private static final char DOT = '.';
  private static final int HALF = 24;
  private static final int HALF_BYTES = 18;
  private static final int SECRET_AT = PREFIX.length() + SessionKey.LENGTH + 1;
  private static final int LENGTH = SECRET_AT + 2 * HALF;
  private static final String CONTEXT = "statewise refresh token ";

  /** The token in {@code text}; empty if length or alphabet are wrong, which costs no call. */
  static Optional<RefreshToken> parse(String text) {
    if (text.length() != LENGTH
        || !text.startsWith(PREFIX)
        || text.charAt(SECRET_AT - 1) != DOT
        || !isAlphabet(text, SECRET_AT)) {
      return Optional.empty();
    }
    return SessionKey.parse(text.substring(PREFIX.length(), SECRET_AT - 1))
        .map(
            key ->
                new RefreshToken(
                    key,
                    text.substring(SECRET_AT, SECRET_AT + HALF),
                    text.substring(SECRET_AT + HALF)));
  }

  /** The first token of a new family. */
  static RefreshToken first(SessionKey session, Hmac key, RandomGenerator random) {
    byte[] bytes = new byte[HALF_BYTES];
    random.nextBytes(bytes);
    return derived(session, Base64Url.encode(bytes), 1, key);
  }

  /**
   * The token of a generation. The same each time, so nobody has to keep it; and not to be had from
   * the key alone, which has never seen the family's half.
   */
  RefreshToken generation(long generation, Hmac key) {
    return derived(session, ofFamily, generation, key);
  }

  /** What is stored of the family's half. */
  SecretHash familyHash() {
    return SecretHash.of(sha256(ofFamily));
  }

  /** What is stored of the whole secret. */
  SecretHash hash() {
    return SecretHash.of(sha256(ofFamily + ofGeneration));
  }

  /** Whether this is the token behind {@code hash}, compared in constant time. */
  boolean isBehind(SecretHash hash) {
    return hash.matches(sha256(ofFamily + ofGeneration));
  }

  /** Whether this is a token of the family behind {@code hash}, compared in constant time. */
  boolean isOfFamilyBehind(SecretHash hash) {
    return hash.matches(sha256(ofFamily));
  }

  Credential credential() {
    return new Credential(PREFIX + session.text() + DOT + ofFamily + ofGeneration);
  }

  @Override
  public String toString() {
    return "RefreshToken[%s, redacted]".formatted(session);
  }

  private static RefreshToken derived(
      SessionKey session, String ofFamily, long generation, Hmac key) {
    byte[] input =
        (CONTEXT + session.text() + DOT + ofFamily + DOT + generation)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] tag = key.sign(input, input.length);
    return new RefreshToken(session, ofFamily, Base64Url.encode(Arrays.copyOf(tag, HALF_BYTES)));
  }

  private static boolean isAlphabet(String text, int from) {
    boolean all = true;
    for (int i = from; i < text.length(); i++) {
      all &= Base64Url.isAlphabet(text.charAt(i));
    }
    return all;
  }

  private static byte[] sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
