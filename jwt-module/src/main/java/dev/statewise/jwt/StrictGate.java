package dev.statewise.jwt;

import dev.statewise.session.Rejection;
import java.nio.charset.StandardCharsets;
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

  private final int maxChars;
  private final Function<String, @Nullable VerifyingKey> keys;

  /**
   * @param keys the key of a {@code kid}, or null
   */
  StrictGate(int maxChars, Function<String, @Nullable VerifyingKey> keys) {
    this.maxChars = maxChars;
    this.keys = keys;
  }

  SignedPayload open(String token) throws RefusedException {
    if (token.isEmpty()) {
      throw new RefusedException(Rejection.MISSING);
    }
    require(token.length() <= maxChars, Rejection.MALFORMED);
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    require(first > 0 && first <= MAX_HEADER_CHARS && second > first, Rejection.MALFORMED);
    require(isInAlphabet(token, first, second), Rejection.MALFORMED);

    byte[] header = decode(token.substring(0, first));
    byte[] payload = decode(token.substring(first + 1, second));
    byte[] signature = decode(token.substring(second + 1));
    Header said = Header.parse(header);
    VerifyingKey key = said.kid() == null ? null : keys.apply(said.kid());
    if (key == null || !key.algorithm().equals(said.alg())) {
      throw new RefusedException(Rejection.UNTRUSTED);
    }
    byte[] input = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    require(key.verifies(input, signature), Rejection.UNTRUSTED);
    return new SignedPayload(said.typ(), payload);
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

  private static byte[] decode(String segment) throws RefusedException {
    require(Base64Url.isCanonical(segment), Rejection.MALFORMED);
    return Base64Url.decode(segment);
  }

  private static void require(boolean held, Rejection otherwise) throws RefusedException {
    if (!held) {
      throw new RefusedException(otherwise);
    }
  }
}
