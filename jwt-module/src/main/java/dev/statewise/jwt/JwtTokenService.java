package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions as signed JSON Web Tokens (RFC 7519) of our own: HS256, RS256, PS256, ES256 or Ed25519,
 * or another {@link Algorithm} where one is demanded.
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

  /** How many verified tokens it remembers, unless it is told otherwise. */
  public static final int VERIFIED_TOKENS = 8192;

  /** A token of fewer bytes cannot hold a session. */
  static final int LEAST_MAX_TOKEN_BYTES = 512;

  private static final int MOST_VERIFIED_TOKENS = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenService.class);

  /** What was made for one ring, and is left behind as a whole when another takes its place. */
  private record InUse(KeyRing ring, OwnTokens tokens, VerifiedTokens verified) {}

  private final LiveKeyRing keys;
  private final int charsAroundPayload;
  private final SessionClaims claims;
  private final int maxTokenBytes;
  private final Consumer<Refusal> refusals;
  private final int verifiedTokens;
  private volatile InUse inUse;

  private JwtTokenService(
      LiveKeyRing keys,
      int charsAroundPayload,
      SessionClaims claims,
      int maxTokenBytes,
      Consumer<Refusal> refusals,
      int verifiedTokens) {
    this.keys = keys;
    this.charsAroundPayload = charsAroundPayload;
    this.claims = claims;
    this.maxTokenBytes = maxTokenBytes;
    this.refusals = refusals;
    this.verifiedTokens = verifiedTokens;
    this.inUse = using(keys.ring(), claims, maxTokenBytes, verifiedTokens);
  }

  /**
   * A service that signs with the ring's signing key and verifies with all of its keys. Logs once,
   * at the level INFO, which security provider each key verifies with.
   *
   * @param issuer who signs, often the URL of the login; only tokens of exactly this {@code iss}
   *     are read
   * @param audience whom the tokens are for; only tokens of exactly this {@code aud} are read
   * @throws IllegalArgumentException if issuer or audience is blank, has U+0000 or is not
   *     well-formed Unicode
   */
  public static JwtTokenService of(KeyRing keys, String issuer, String audience) {
    requireNonNull(keys, "keys");
    int around = OwnTokens.charsAroundPayload(keys.signing().verifying());
    return of(LiveKeyRing.of(keys), around, issuer, audience);
  }

  /**
   * A service that signs and verifies with the ring that {@code keys} has at the time. When that is
   * replaced, the tokens that were verified before are verified anew. {@link #maxStateBytes} stays
   * what it is: it allows for the longer signatures of the first ring's current and next key, and
   * for the longest names.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static JwtTokenService following(LiveKeyRing keys, String issuer, String audience) {
    requireNonNull(keys, "keys");
    return of(keys, keys.mostAroundPayload(), issuer, audience);
  }

  private static JwtTokenService of(
      LiveKeyRing keys, int charsAroundPayload, String issuer, String audience) {
    JwtTokenService service =
        new JwtTokenService(
            keys,
            charsAroundPayload,
            new SessionClaims(issuer, audience),
            MAX_TOKEN_BYTES,
            any -> {},
            VERIFIED_TOKENS);
    ProviderNote.log(keys.ring());
    return service;
  }

  /**
   * This service with another limit, for instance because a cookie must hold the token. It holds
   * for what is issued and for what is read: tokens above a lowered limit are refused from then on.
   *
   * @param maxTokenBytes from 512 to {@value #MAX_TOKEN_BYTES}
   */
  public JwtTokenService withMaxTokenBytes(int maxTokenBytes) {
    if (maxTokenBytes < LEAST_MAX_TOKEN_BYTES || maxTokenBytes > MAX_TOKEN_BYTES) {
      throw new IllegalArgumentException(
          "maxTokenBytes (%d) is not from %d to %d: a smaller token cannot hold a session, and a larger one does not fit into the headers that servers accept."
              .formatted(maxTokenBytes, LEAST_MAX_TOKEN_BYTES, MAX_TOKEN_BYTES));
    }
    return new JwtTokenService(
        keys, charsAroundPayload, claims, maxTokenBytes, refusals, verifiedTokens);
  }

  /**
   * This service with the limit that a budget leaves for a token. What would be larger is {@code
   * TooLarge}, with its parts by size.
   */
  public JwtTokenService withBudget(TokenBudget budget) {
    return withMaxTokenBytes(requireNonNull(budget, "budget").tokenBytes());
  }

  /**
   * This service, telling {@code listener} of each refused token why exactly: for a metric, or a
   * log beside the one that it writes at the level DEBUG. Not for the client. An exception of the
   * listener changes nothing.
   */
  public JwtTokenService withRefusalListener(Consumer<Refusal> listener) {
    return new JwtTokenService(
        keys,
        charsAroundPayload,
        claims,
        maxTokenBytes,
        requireNonNull(listener, "listener"),
        verifiedTokens);
  }

  /**
   * This service, remembering up to so many tokens that it has verified. One that is seen again is
   * compared, whole, instead of verified; whether it has ended is asked each time, and so is, by
   * the front door, whether its session was. What was refused is not remembered, and when the ring
   * is replaced, all is forgotten.
   *
   * <p>The default is {@value #VERIFIED_TOKENS}. One with a few attributes and up to 1,024
   * characters takes less than 3 KiB of heap, one with dozens of tiny attributes several times that
   * once they are asked for; a longer one takes the place of several. They are kept as they are, so
   * a heap dump has live tokens in it.
   *
   * @param tokens from 0, which turns it off, to 1,048,576; rounded up to a power of two, and to 8
   */
  public JwtTokenService withVerifiedTokens(int tokens) {
    if (tokens < 0 || tokens > MOST_VERIFIED_TOKENS) {
      throw new IllegalArgumentException(
          "tokens (%d) is not from 0 to %d. Pass 0 to verify each token anew each time."
              .formatted(tokens, MOST_VERIFIED_TOKENS));
    }
    return new JwtTokenService(keys, charsAroundPayload, claims, maxTokenBytes, refusals, tokens);
  }

  @Override
  public Credential issue(Session session) {
    requireNonNull(session, "session");
    return new Credential(inUse().tokens.issue(session));
  }

  /**
   * {@inheritDoc}
   *
   * <p>An empty token is {@link Rejection#MISSING}. Wrong length, alphabet, dots or base64url is
   * {@link Rejection#MALFORMED}. A header that is not the one of a key of the ring, or of one that
   * has retired at {@code now}, a signature that does not hold, and claims that are not ours are
   * {@link Rejection#UNTRUSTED}. {@link Refusal} says it more finely, for a log.
   */
  @Override
  public Verification verify(Credential token, Instant now) {
    requireNonNull(token, "token");
    requireNonNull(now, "now");
    InUse inUse = inUse();
    VerifiedTokens.Seen seen = inUse.verified.find(token.value());
    Verification answer = seen == null ? null : seen.at(now);
    return answer == null ? verifyAnew(inUse, token.value(), now) : answer;
  }

  @Override
  public int maxTokenBytes() {
    return maxTokenBytes;
  }

  /**
   * How large a token of a session of that shape can be, in bytes and exactly: some session of the
   * shape has such a token, and none has a larger one. May be above {@link #maxTokenBytes}; then
   * sessions of the shape can be {@code TooLarge}. Of the keys only the one that signs now counts.
   */
  public int maxBytes(SessionShape shape) {
    return (int) inUse().tokens.maxChars(requireNonNull(shape, "shape"));
  }

  @Override
  public int maxStateBytes() {
    long payload = (maxTokenBytes - charsAroundPayload) * 3L / 4;
    return (int) Math.max(0, payload - claims.largestWithoutState());
  }

  /** Issuer, audience and keys by name; no key material. */
  @Override
  public String toString() {
    return "JwtTokenService[%s, %s, up to %d bytes]".formatted(claims, keys.ring(), maxTokenBytes);
  }

  private InUse inUse() {
    InUse inUse = this.inUse;
    return inUse.ring == keys.ring() ? inUse : renewed();
  }

  /** One at a time and asking again, so that who was slow does not bring an older ring back. */
  private synchronized InUse renewed() {
    KeyRing ring = keys.ring();
    if (inUse.ring != ring) {
      inUse = using(ring, claims, maxTokenBytes, verifiedTokens);
    }
    return inUse;
  }

  private static InUse using(
      KeyRing ring, SessionClaims claims, int maxTokenBytes, int verifiedTokens) {
    return new InUse(
        ring, new OwnTokens(ring, claims, maxTokenBytes), new VerifiedTokens(verifiedTokens));
  }

  private Verification verifyAnew(InUse inUse, String token, Instant now) {
    try {
      Session session = inUse.tokens.read(token, now.getEpochSecond());
      // A token is dead at its end rounded down to the second, which is what its exp says.
      if (now.getEpochSecond() >= session.endAsRead().getEpochSecond()) {
        return new Verification.Expired(session);
      }
      Verification.Verified alive = new Verification.Verified(session);
      inUse.verified.keep(token, alive, now, inUse.tokens.retires(token));
      return alive;
    } catch (RefusedException e) {
      return refused(e.refusal());
    }
  }

  private Verification refused(Refusal refusal) {
    LOG.debug("Refused a token: {}.", refusal);
    try {
      refusals.accept(refusal);
    } catch (RuntimeException e) {
      LOG.warn(
          "The refusal listener threw {}; the token is refused all the same.", e.getClass(), e);
    }
    return new Verification.Refused(refusal.rejection());
  }
}
