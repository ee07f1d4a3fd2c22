package dev.statewise.jwt;

import dev.statewise.session.Session;
import dev.statewise.session.TooLarge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What takes how much of a token. Base64url writes three bytes as four characters, so a part ends
 * between two characters and is rounded; together they are the token, to the character.
 */
final class TokenParts {

  private static final int QUOTES_OF_AN_ATTRIBUTE = "{\"\":\"\"".length();
  private static final int AROUND_SUBJECT = ",\"sub\":\"\"".length();

  private final List<TooLarge.Part> parts = new ArrayList<>();
  private long payload;

  private TokenParts() {}

  /**
   * The parts of a token of {@code session}.
   *
   * @param headerChars the header and its dot
   * @param payloadBytes all claims
   * @param signatureChars the signature, without its dot
   */
  static List<TooLarge.Part> of(
      Session session, int headerChars, long payloadBytes, int signatureChars) {
    TokenParts parts = new TokenParts();
    parts.add("header", false, headerChars);
    for (Map.Entry<String, String> attribute : session.attributes().entrySet()) {
      long bytes =
          QUOTES_OF_AN_ATTRIBUTE + written(attribute.getKey()) + written(attribute.getValue());
      parts.add(attribute.getKey(), true, parts.encoded(bytes));
    }
    if (!session.isAnonymous()) {
      parts.add("subject", false, parts.encoded(AROUND_SUBJECT + written(session.subject())));
    }
    parts.add("own claims", false, parts.encoded(payloadBytes - parts.payload));
    parts.add("signature", false, signatureChars + 1L);
    return parts.parts;
  }

  private void add(String name, boolean isAttribute, long bytes) {
    parts.add(new TooLarge.Part(name, isAttribute, (int) Math.min(bytes, Integer.MAX_VALUE)));
  }

  /** How many characters the next bytes of the payload add to it. */
  private long encoded(long bytes) {
    long before = Base64Url.encodedLength(payload);
    payload += bytes;
    return Base64Url.encodedLength(payload) - before;
  }

  private static long written(String text) {
    PayloadBytes json = new PayloadBytes(0);
    json.text(text);
    return json.count();
  }
}
