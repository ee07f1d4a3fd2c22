package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Sessions as signed JSON Web Tokens (RFC 7519) of our own: HS256, RS256, ES256 or Ed25519.
 *
 * <pre>{@code
 * KeyRing keys = KeyRing.of(SigningKey.generateHs256("2026-11"));
 * TokenService tokens = JwtTokenService.of(keys, "https://login.example", "shop");
 * }</pre>
 *
 * <p>A token's header has exactly {@code alg}, {@code kid} and {@code typ}, which is {@value
 * #TYPE}. Its claims are exactly these, no more and no other types:
 *
 * <table>
 *   <caption>Claims</caption>
 *   <tr><td>{@code iss, aud}</td><td>the issuer and the audience, compared character by character</td></tr>
 *   <tr><td>{@code sid}</td><td>the session key</td></tr>
 *   <tr><td>{@code ver}</td><td>the session's version</td></tr>
 *   <tr><td>{@code sub}</td><td>the subject; absent from an anonymous session</td></tr>
 *   <tr><td>{@code cat}</td><td>created at, in milliseconds since 1970</td></tr>
 *   <tr><td>{@code iat}</td><td>last seen, in seconds since 1970</td></tr>
 *   <tr><td>{@code idl}</td><td>the idle timeout, in seconds</td></tr>
 *   <tr><td>{@code max}</td><td>from {@code cat} to the absolute end, in milliseconds</td></tr>
 *   <tr><td>{@code exp}</td><td>the session's end, rounded down to the second since 1970</td></tr>
 *   <tr><td>{@code att}</td><td>the attributes, an object of strings; absent if there are none</td></tr>
 * </table>
 *
 * <p>A token is signed, not encrypted: whoever holds it can read what is in it.
 *
 * <p>One session has many tokens, and an ES256 signature {@code (r, s)} has a twin {@code (r, n -
 * s)} that is as good: never refuse a token by its text. Refuse the session, by key and version.
 */
public final class JwtTokenService implements TokenService {

  /** The {@code typ} of every token, so that no other kind of token is taken for a session. */
  public static final String TYPE = "session+jwt";

  /** The largest token it can be made to issue or read, and the default. */
  public static final int MAX_TOKEN_BYTES = 8192;

  private static final int LEAST_MAX_TOKEN_BYTES = 512;

  private final KeyRing keys;
  private final SessionClaims claims;
  private final int maxTokenBytes;
  private final StrictGate gate;
  private final String header;

  private JwtTokenService(KeyRing keys, SessionClaims claims, int maxTokenBytes) {
    this.keys = keys;
    this.claims = claims;
    this.maxTokenBytes = maxTokenBytes;
    this.gate = new StrictGate(maxTokenBytes, keys::find);
    this.header = Header.of(keys.signing(), TYPE);
  }

  /**
   * A service that signs with the ring's signing key and verifies with all of its keys.
   *
   * @param issuer who signs, often the URL of the login; only tokens of exactly this {@code iss}
   *     are read
   * @param audience whom the tokens are for; only tokens of exactly this {@code aud} are read
   * @throws IllegalArgumentException if issuer or audience is blank or not well-formed Unicode
   */
  public static JwtTokenService of(KeyRing keys, String issuer, String audience) {
    return new JwtTokenService(
        requireNonNull(keys, "keys"), new SessionClaims(issuer, audience), MAX_TOKEN_BYTES);
  }

  /**
   * This service with a lower limit, for instance because a cookie must hold the token.
   *
   * @param maxTokenBytes from 512 to {@value #MAX_TOKEN_BYTES}
   */
  public JwtTokenService withMaxTokenBytes(int maxTokenBytes) {
    if (maxTokenBytes < LEAST_MAX_TOKEN_BYTES || maxTokenBytes > MAX_TOKEN_BYTES) {
      throw new IllegalArgumentException(
          "maxTokenBytes (%d) is not from %d to %d: a smaller token cannot hold a session, and a larger one does not fit into the headers that servers accept."
              .formatted(maxTokenBytes, LEAST_MAX_TOKEN_BYTES, MAX_TOKEN_BYTES));
    }
    return new JwtTokenService(keys, claims, maxTokenBytes);
  }

  @Override
  public Credential issue(Session session) {
    requireNonNull(session, "session");
    BoundedBytes payload = new BoundedBytes(maxTokenBytes);
    claims.write(session, payload);
    SigningKey key = keys.signing();
    long bytes =
        header.length()
            + 2L
            + Base64Url.encodedLength(payload.count())
            + Base64Url.encodedLength(key.signatureBytes());
    if (bytes > maxTokenBytes) {
      throw new TokenTooLargeException((int) Math.min(bytes, Integer.MAX_VALUE), maxTokenBytes);
    }
    String input = header + "." + Base64Url.encode(payload.bytes());
    byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
    return new Credential(input + "." + Base64Url.encode(signature));
  }

  /**
   * {@inheritDoc}
   *
   * <p>An empty token is {@link Rejection#MISSING}. Wrong length, alphabet, base64url or header is
   * {@link Rejection#MALFORMED}. An unknown key, another algorithm than the key's, a signature that
   * does not hold, and claims that are not ours are {@link Rejection#UNTRUSTED}.
   */
  @Override
  public Verification verify(Credential token, Instant now) {
    requireNonNull(token, "token");
    requireNonNull(now, "now");
    try {
      SignedPayload signed = gate.open(token.value());
      if (!TYPE.equals(signed.type())) {
        throw new RefusedException(Rejection.UNTRUSTED);
      }
      Session session = claims.read(signed.payload());
      return now.isBefore(SessionClaims.expiry(session))
          ? new Verification.Verified(session)
          : new Verification.Expired(session);
    } catch (RefusedException e) {
      return new Verification.Refused(e.reason());
    }
  }

  @Override
  public int maxTokenBytes() {
    return maxTokenBytes;
  }

  @Override
  public int maxStateBytes() {
    long signature = Base64Url.encodedLength(keys.signing().signatureBytes());
    long encoded = maxTokenBytes - header.length() - 2 - signature;
    return (int) Math.max(0, encoded * 3 / 4 - claims.largestWithoutState());
  }

  /** Issuer, audience and keys by name; no key material. */
  @Override
  public String toString() {
    return "JwtTokenService[%s, %s, up to %d bytes]".formatted(claims, keys, maxTokenBytes);
  }
}
