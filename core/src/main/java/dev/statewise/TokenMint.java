package dev.statewise;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Unavailable;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens of sessions whose state is with the client.
 *
 * <p>A version is rotation × 2³² + saves. So every token that was saved or renewed before a
 * rotation is below the version that the rotation begins.
 */
record TokenMint(
    TokenService tokens,
    SessionRules rules,
    Renewal renewals,
    SafeListener listener,
    OnceAMinute unfitting,
    SecureRandom random) {

  private static final int SAVES_BITS = 32;
  private static final String TOKENS = "token service";

  static TokenMint of(TokenService tokens, SessionPolicy policy) {
    return new TokenMint(
        requireNonNull(tokens, "tokens"),
        SessionRules.withoutLimit(policy),
        Renewal.SPREAD,
        SafeListener.NOBODY,
        new OnceAMinute(),
        new SecureRandom());
  }

  TokenMint withListener(SessionListener listener) {
    return new TokenMint(tokens, rules, renewals, new SafeListener(listener), unfitting, random);
  }

  /** Judges a token, under the policy of today. */
  Verification verify(@Nullable Credential presented, Instant now) {
    Verification verification = tokens.verify(orEmpty(presented), now);
    if (!(verification instanceof Verification.Verified verified)) {
      return verification;
    }
    Session session = rules.withinPolicy(verified.session());
    return session.isExpiredAt(now)
        ? new Verification.Expired(session)
        : new Verification.Verified(session);
  }

  /** The first token of a new session. */
  OpenResult open(String subject, Map<String, String> attributes, Instant createdAt, Instant now) {
    Session session =
        rules.newSession(subject, SecretHash.NONE, createdAt, now, attributes, random);
    try {
      return new OpenResult.Opened(grant(session));
    } catch (TokenTooLargeException e) {
      return tooLarge(e);
    }
  }

  /**
   * A token for the same session seen at {@code now}, if it is time for one. Key, version, {@code
   * createdAt} and absolute end are copied: whatever refuses the old one refuses it too.
   *
   * @param now read before the revocation list was asked about the session, where there is one
   */
  Optional<Grant> renewal(Session session, Instant now) {
    if (!renewals.isDue(session, now)) {
      return Optional.empty();
    }
    try {
      return Optional.of(grant(session.seenAt(now)));
    } catch (TokenTooLargeException e) {
      if (unfitting.isDue(now)) {
        listener.finding(
            "A token was not renewed, for it no longer fits: the limit was lowered since it was issued. It serves to its end. Said once a minute at most, of all such tokens.");
      }
      return Optional.empty();
    }
  }

  /**
   * @throws TokenTooLargeException if it does not fit
   */
  Grant saved(Session changed, Instant now) {
    return grant(changed.next(now));
  }

  /**
   * @throws TokenTooLargeException if it does not fit
   */
  Grant rotated(Session session, Instant now) {
    long rotation = session.version() >>> SAVES_BITS;
    return grant(SessionRules.atVersion(session, (rotation + 1) << SAVES_BITS, now));
  }

  /** What verifies has itself failed, so the token is neither good nor bad. */
  Unavailable cannotVerify(StoreUnavailableException cause) {
    listener.unavailable(TOKENS, cause);
    return new Unavailable(TOKENS, cause);
  }

  static Credential orEmpty(@Nullable Credential presented) {
    return presented == null ? Credential.of(null) : presented;
  }

  static TooLarge tooLarge(TokenTooLargeException e) {
    return new TooLarge(e.bytes(), e.limit(), e.parts());
  }

  private Grant grant(Session session) {
    return new Grant(tokens.issue(session), session);
  }
}
