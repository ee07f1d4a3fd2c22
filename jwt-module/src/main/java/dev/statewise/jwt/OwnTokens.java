package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import dev.statewise.session.Session;
import dev.statewise.spi.TokenTooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Issues and reads the tokens of one ring. Their headers are constant, so a header is compared byte
 * for byte and never read: no token can name an algorithm, a key that we do not have, or anything
 * else that a header can say.
 *
 * <p>What a stranger can make it do is bounded by the order: length, header, dots, base64url, the
 * signature, and only then the claims.
 */
final class OwnTokens {

  /** A key, and what every token of it begins with: the header and its dot. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Lane(byte[] beginning, KeyRing.Member member) {

    static Lane of(KeyRing.Member member) {
      String beginning = Header.of(member.key(), JwtTokenService.TYPE) + ".";
      return new Lane(beginning.getBytes(StandardCharsets.US_ASCII), member);
    }

    boolean has(byte[] token) {
      int length = beginning.length;
      return token.length >= length && Arrays.equals(token, 0, length, beginning, 0, length);
    }
  }

  private final SessionClaims claims;
  private final int maxChars;
  private final SigningKey signing;
  private final byte[] issuing;
  private final int charsAroundPayload;
  private final Lane[] lanes;
  private final boolean anyRetires;

  OwnTokens(KeyRing keys, SessionClaims claims, int maxChars) {
    this.claims = claims;
    this.maxChars = maxChars;
    this.signing = keys.signing();
    this.lanes = keys.members().stream().map(Lane::of).toArray(Lane[]::new);
    this.issuing = lanes[0].beginning;
    this.charsAroundPayload = charsAroundPayload(signing.verifying());
    this.anyRetires = keys.members().stream().anyMatch(key -> key.retires() != KeyRing.NEVER);
  }

  /** How many characters of a token of {@code key} are not its payload. */
  static int charsAroundPayload(VerifyingKey key) {
    return charsAroundPayload(key, key.kid());
  }

  /** The same of tokens of {@code key}, if it had the longest name that a key can have. */
  static int mostAroundPayload(VerifyingKey key) {
    return charsAroundPayload(key, "k".repeat(KeyStrength.LONGEST_KID));
  }

  private static int charsAroundPayload(VerifyingKey key, String kid) {
    int header = Header.of(key.algorithm(), kid, JwtTokenService.TYPE).length();
    return header + 2 + (int) Base64Url.encodedLength(key.signatureBytes());
  }

  /** How many characters the largest token of that shape has, whether that is too many or not. */
  long maxChars(SessionShape shape) {
    PayloadBytes payload = new PayloadBytes(0);
    ClaimsWriter.write(claims, shape.largestOfEmptyTexts(), payload);
    return charsOf(payload.count() + shape.missingTextBytes());
  }

  /**
   * @throws TokenTooLargeException if it would have more characters than it may
   */
  String issue(Session session) {
    PayloadBytes payload = new PayloadBytes(maxChars);
    ClaimsWriter.write(claims, session, payload);
    long chars = charsOf(payload.count());
    if (chars > maxChars) {
      throw tooLarge(session, chars, payload.count());
    }
    byte[] token = Arrays.copyOf(issuing, (int) chars);
    int dot = Base64Url.encode(payload.kept(), token, issuing.length);
    byte[] signature = signing.sign(token, dot);
    token[dot] = '.';
    Base64Url.encode(signature, token, dot + 1);
    return new String(token, StandardCharsets.ISO_8859_1);
  }

  /**
   * The session in a token of ours, whether it has ended or not.
   *
   * @param second the one in which its key must not have retired
   */
  Session read(String text, long second) throws RefusedException {
    require(!text.isEmpty(), Refusal.MISSING);
    require(text.length() <= maxChars, Refusal.TOO_LONG);
    // What is no character of a token becomes a question mark, which is none either.
    byte[] token = text.getBytes(StandardCharsets.ISO_8859_1);
    Lane lane = lane(token);
    if (lane == null) {
      throw new RefusedException(formOr(Refusal.HEADER, text));
    }
    require(lane.member.verifiesAt(second), Refusal.RETIRED);
    return ClaimsReader.read(
        claims, payload(text, token, lane.beginning.length, lane.member.key()));
  }

  /** The second in which the key of a token retires that was read. */
  long retires(String text) {
    if (!anyRetires) {
      return KeyRing.NEVER;
    }
    Lane lane = lane(text.getBytes(StandardCharsets.ISO_8859_1));
    return lane == null ? Long.MIN_VALUE : lane.member.retires();
  }

  /**
   * The payload of a token whose header, up to {@code from}, is known to be that of {@code key}.
   *
   * @param token the same as {@code text}, in bytes
   */
  static byte[] payload(String text, byte[] token, int from, VerifyingKey key)
      throws RefusedException {
    int dot = token.length - 1 - (int) Base64Url.encodedLength(key.signatureBytes());
    if (dot < from || token[dot] != '.') {
      throw new RefusedException(formOr(Refusal.SIGNATURE, text));
    }
    byte[] payload = Base64Url.decode(token, from, dot);
    byte[] signature = Base64Url.decode(token, dot + 1, token.length);
    require(key.verifies(token, dot, signature), Refusal.SIGNATURE);
    return payload;
  }

  private long charsOf(long payloadBytes) {
    return charsAroundPayload + Base64Url.encodedLength(payloadBytes);
  }

  private TokenTooLargeException tooLarge(Session session, long chars, long payloadBytes) {
    int signatureChars = charsAroundPayload - issuing.length - 1;
    return new TokenTooLargeException(
        (int) Math.min(chars, Integer.MAX_VALUE),
        maxChars,
        TokenParts.of(session, issuing.length, payloadBytes, signatureChars));
  }

  private @Nullable Lane lane(byte[] token) {
    for (Lane lane : lanes) {
      if (lane.has(token)) {
        return lane;
      }
    }
    return null;
  }

  /** That it has not even the form of a token, or else what is wrong with one that has. */
  private static Refusal formOr(Refusal otherwise, String text) {
    return StrictGate.hasForm(text) ? otherwise : Refusal.FORM;
  }
}
