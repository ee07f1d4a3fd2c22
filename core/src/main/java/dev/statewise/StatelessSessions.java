package dev.statewise;

import static dev.statewise.SessionRules.requireSubject;
import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.Listing;
import dev.statewise.session.NotKept;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose state is in the signed token that the client carries, and nowhere else.
 *
 * <p>A validation costs no call. In return <b>nothing is ended before its time</b>: {@code end} and
 * {@code endAll} are {@code NotKept}; whoever kept a copy of a token uses it to its end, and may
 * renew it up to the absolute lifetime. Saves never conflict: the last token that the client keeps
 * wins, and older tokens with older state are accepted to their end, after a rotation too. {@code
 * login} cannot end the session before. Where that is not enough, use {@link HybridSessions}.
 *
 * <p>A token is renewed by a validation in the last third of its life, and in the last quarter for
 * certain: {@link Guarantees#idlePrecision}. A renewal outlives whatever ending the application
 * told it of, up to the absolute lifetime, which is what {@link Guarantees#endsWithin} says.
 */
public final class StatelessSessions implements Sessions {

  private static final String WHY =
      "The state is in the token alone, so nothing on the server can refuse it before its time. Use a revocation list (HybridSessions) or a store (StatefulSessions).";

  private final TokenMint mint;
  private final InstantSource clock;

  private StatelessSessions(TokenMint mint, InstantSource clock) {
    this.mint = mint;
    this.clock = clock;
  }

  /**
   * Sessions in tokens of {@code tokens}.
   *
   * @throws IllegalArgumentException if the policy has a limit: tokens cannot be counted
   */
  public static StatelessSessions over(TokenService tokens, SessionPolicy policy) {
    return new StatelessSessions(TokenMint.of(tokens, policy), InstantSource.system());
  }

  /** The same, telling {@code listener} what happens. */
  public StatelessSessions withListener(SessionListener listener) {
    return new StatelessSessions(mint.withListener(listener), clock);
  }

  /** The same, on a clock of the caller's. By default the system clock. */
  public StatelessSessions withClock(InstantSource clock) {
    return new StatelessSessions(mint, requireNonNull(clock, "clock"));
  }

  @Override
  public OpenResult open(String subject, Map<String, String> attributes) {
    return opened(requireSubject(subject), attributes);
  }

  @Override
  public OpenResult openAnonymous(Map<String, String> attributes) {
    return opened("", attributes);
  }

  @Override
  public OpenResult login(Session before, String subject, Map<String, String> attributes) {
    requireNonNull(before, "before");
    return open(subject, attributes);
  }

  @Override
  public Validation validate(@Nullable Credential presented) {
    Instant now = clock.instant();
    try {
      return judged(mint.verify(presented, now), now);
    } catch (StoreUnavailableException e) {
      return mint.cannotVerify(e);
    }
  }

  private Validation judged(Verification verification, Instant now) {
    if (verification instanceof Verification.Verified verified) {
      Optional<Grant> renewal = mint.renewal(verified.session(), now);
      return new Validation.Accepted(
          renewal.map(Grant::session).orElse(verified.session()), renewal);
    }
    Rejection reason =
        verification instanceof Verification.Refused refused ? refused.reason() : Rejection.EXPIRED;
    mint.listener().rejected(reason);
    return new Validation.Rejected(reason);
  }

  @Override
  public SaveResult save(Session changed) {
    mint.rules().requireIdleTimeoutWithinPolicy(changed);
    return minted(changed, mint::saved);
  }

  @Override
  public SaveResult update(Session read, UnaryOperator<Session> change) {
    return mint.rules().update(read, change, this::save);
  }

  @Override
  public SaveResult rotate(Session session) {
    mint.rules().requireIdleTimeoutWithinPolicy(session);
    return minted(session, mint::rotated);
  }

  @Override
  public Ending end(@Nullable Credential presented) {
    Instant now = clock.instant();
    try {
      return mint.verify(presented, now) instanceof Verification.Verified verified
          ? notKept(verified.session(), now)
          : new Ending.Ended(false, Duration.ZERO);
    } catch (StoreUnavailableException e) {
      return mint.cannotVerify(e);
    }
  }

  @Override
  public Ending end(Session session) {
    requireNonNull(session, "session");
    return notKept(session, clock.instant());
  }

  @Override
  public Ending endAll(String subject) {
    requireSubject(subject);
    return new NotKept(mint.rules().policy().absoluteLifetime(), WHY);
  }

  @Override
  public Listing list(String subject) {
    requireSubject(subject);
    return new NotKept(mint.rules().policy().absoluteLifetime(), WHY);
  }

  @Override
  public Guarantees guarantees() {
    return new Guarantees(mint.tokens().maxStateBytes(), mint.rules().policy());
  }

  private OpenResult opened(String subject, Map<String, String> attributes) {
    Instant now = clock.instant();
    OpenResult result = mint.open(subject, attributes, now, now);
    if (result instanceof OpenResult.Opened opened) {
      mint.listener().opened(opened.grant().session());
    }
    return result;
  }

  private SaveResult minted(Session session, BiFunction<Session, Instant, Grant> minting) {
    Instant now = clock.instant();
    if (!now.isBefore(session.endAsRead())) {
      return new SaveResult.Gone();
    }
    try {
      Grant grant = minting.apply(session, now);
      return new SaveResult.Saved(grant.session(), Optional.of(grant));
    } catch (TokenTooLargeException e) {
      return TokenMint.tooLarge(e);
    }
  }

  private static NotKept notKept(Session session, Instant now) {
    Duration rest = Duration.between(now, session.endAsRead());
    return new NotKept(
        rest.isNegative() ? Duration.ZERO : rest,
        WHY + " Whoever has the token can renew it until " + session.absoluteEnd() + ".");
  }
}
