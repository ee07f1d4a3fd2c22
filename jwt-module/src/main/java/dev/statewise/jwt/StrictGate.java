package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens a compact JWS (RFC 7515 §5.2), or refuses it at the first thing that is wrong.
 *
 * <p>The order bounds what a stranger can make us do: length, alphabet and dots, one spelling of
 * base64url, a header of three known names, a key that we know, its one algorithm, the signature.
 * Nothing is decoded of a text that is too long, and the payload is not looked at before its
 * signature holds.
 */
final class StrictGate {

  static final int MAX_HEADER_CHARS = 1024;

  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** Chooses the key of a token that nothing is known of yet; null if there is none. */
  interface KeyChoice {
    @Nullable VerifyingKey of(Header header, byte[] payload) throws RefusedException;
  }

  private final int maxChars;
  private final Set<String> headerNames;
  private final KeyChoice keys;

  /**
   * @param keys the key of a {@code kid}, or null
   */
  StrictGate(int maxChars, Function<String, @Nullable VerifyingKey> keys) {
    this(
        maxChars,
        Header.NAMES,
        (said, payload) -> said.kid() == null ? null : keys.apply(said.kid()));
  }

  /**
   * @param headerNames which members a header may have
   */
  StrictGate(int maxChars, Set<String> headerNames, KeyChoice keys) {
    this.maxChars = maxChars;
    this.headerNames = headerNames;
    this.keys = keys;
  }

  SignedPayload open(String token) throws RefusedException {
    require(!token.isEmpty(), Refusal.MISSING);
    require(token.length() <= maxChars, Refusal.TOO_LONG);
    require(hasForm(token), Refusal.FORM);
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    byte[] header = DECODER.decode(token.substring(0, first));
    byte[] payload = DECODER.decode(token.substring(first + 1, second));
    byte[] signature = DECODER.decode(token.substring(second + 1));
    Header said = Header.parse(header, headerNames);
    VerifyingKey key = keys.of(said, payload);
    if (key == null || !key.algorithm().alg().equals(said.alg())) {
      throw new RefusedException(Refusal.HEADER);
    }
    byte[] input = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    require(JjwtSignatures.verifies(key, input, signature), Refusal.SIGNATURE);
    return new SignedPayload(said.typ(), payload);
  }

  /** Whether a text is three parts of base64url, each in its one spelling, the first not empty. */
  static boolean hasForm(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first > 0
        && first <= MAX_HEADER_CHARS
        && second > first
        && isInAlphabet(token, first, second)
        && Base64Url.isCanonical(token.substring(0, first))
        && Base64Url.isCanonical(token.substring(first + 1, second))
        && Base64Url.isCanonical(token.substring(second + 1));
  }

  /** Whether all but the two dots is base64url; a third dot is not. */
  private static boolean isInAlphabet(String token, int first, int second) {
    for (int i = 0; i < token.length(); i++) {
      if (i != first && i != second && !Base64Url.isAlphabet(token.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
