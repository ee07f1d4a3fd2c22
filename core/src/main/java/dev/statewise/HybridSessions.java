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
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose state is in the token that the client carries, revocable through a list.
 *
 * <p>A validation verifies the token and asks the list. The list is keyed by session key and
 * version, never by the text of a token, of which there are many spellings. A session that was
 * ended is refused from then on, within the staleness of the list.
 *
 * <p>Saves do not conflict unless the {@link #withReplayGuard replay guard} is on; rotations always
 * do. Wherever a token is minted, the instant was read <em>before</em> the list was asked: so a
 * renewal in flight during a logout cannot outlive the refusal.
 *
 * <p>A token is renewed by a validation in the last third of its life, and in the last quarter for
 * certain: {@link Guarantees#idlePrecision}.
 */
public final class HybridSessions implements Sessions {

  private static final String LIST = "revocation list";

  private final TokenMint mint;
  private final Refusals refusals;
  private final InstantSource clock;
  private final boolean replayGuard;

  private HybridSessions(
      TokenMint mint, Refusals refusals, InstantSource clock, boolean replayGuard) {
    this.mint = mint;
    this.refusals = refusals;
    this.clock = clock;
    this.replayGuard = replayGuard;
  }

  /**
   * Sessions in tokens of {@code tokens}, refused through {@code list}, which stays the caller's to
   * close. All nodes that share the list must share the policy's {@code maxIdleTimeout} and {@code
   * refusalLife}, by which refusals are kept: see {@link SessionPolicy#maxIdleTimeout} for how to
   * lower it.
   *
   * @throws IllegalArgumentException if the policy has a limit: tokens cannot be counted
   */
  public static HybridSessions over(
      TokenService tokens, RevocationList list, SessionPolicy policy) {
    return new HybridSessions(
        TokenMint.of(tokens, policy), new Refusals(list, policy), InstantSource.system(), false);
  }

  /** The same, telling {@code listener} what happens. */
  public HybridSessions withListener(SessionListener listener) {
    return new HybridSessions(mint.withListener(listener), refusals, clock, replayGuard);
  }

  /** The same, on a clock of the caller's. By default the system clock. */
  public HybridSessions withClock(InstantSource clock) {
    return new HybridSessions(mint, refusals, requireNonNull(clock, "clock"), replayGuard);
  }

  /**
   * The same, with every save refusing the tokens before it: of two saves from one version, one is
   * a conflict, and an older state cannot be replayed. Costs one write to the list a save.
   */
  public HybridSessions withReplayGuard() {
    return new HybridSessions(mint, refusals, clock, true);
  }

  @Override
  public OpenResult open(String subject, Map<String, String> attributes) {
    return told(opened(requireSubject(subject), attributes));
  }

  @Override
  public OpenResult openAnonymous(Map<String, String> attributes) {
    return told(opened("", attributes));
  }

  @Override
  public OpenResult login(Session before, String subject, Map<String, String> attributes) {
    requireNonNull(before, "before");
    OpenResult result = opened(requireSubject(subject), attributes);
    if (!(result instanceof OpenResult.Opened)) {
      return result;
    }
    Ending ending = end(before);
    if (ending instanceof Ending.Unconfirmed unconfirmed) {
      mint.listener()
          .finding("The session before a login was ended, unconfirmed: " + unconfirmed.why());
    }
    return ending instanceof Unavailable unanswered ? unanswered : told(result);
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
    if (verification instanceof Verification.Refused refused) {
      return rejected(refused.reason());
    }
    if (!(verification instanceof Verification.Verified verified)) {
      return rejected(Rejection.EXPIRED);
    }
    try {
      return refusals.isRefused(verified.session())
          ? rejected(Rejection.REVOKED)
          : accepted(verified.session(), now);
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  @Override
  public SaveResult save(Session changed) {
    return replayGuard ? raised(changed, mint::saved) : saved(changed);
  }

  @Override
  public SaveResult update(Session read, UnaryOperator<Session> change) {
    return mint.rules().update(read, change, this::save);
  }

  @Override
  public SaveResult rotate(Session session) {
    return raised(session, mint::rotated);
  }

  @Override
  public Ending end(@Nullable Credential presented) {
    try {
      // As it was issued, not as today's policy sees it: its refusal must last as long as it does.
      return ended(mint.tokens().verify(TokenMint.orEmpty(presented), clock.instant()));
    } catch (StoreUnavailableException e) {
      return mint.cannotVerify(e);
    }
  }

  private Ending ended(Verification verification) {
    if (verification instanceof Verification.Verified verified) {
      return endedUnlessRefused(verified.session());
    }
    if (verification instanceof Verification.Expired expired) {
      return endedUnlessRefused(expired.session());
    }
    return new Ending.Ended(false, Duration.ZERO);
  }

  @Override
  public Ending end(Session session) {
    requireNonNull(session, "session");
    return ending(() -> refuseAllVersions(session));
  }

  @Override
  public Ending endAll(String subject) {
    requireSubject(subject);
    return ending(
        () -> {
          Ending ending = refusals.endAll(subject, clock);
          mint.listener().endedAll(subject);
          return ending;
        });
  }

  @Override
  public Listing list(String subject) {
    requireSubject(subject);
    return new NotKept(
        policy().absoluteLifetime(),
        "Tokens are not kept on the server, so they cannot be listed; endAll does end them. Use a store (StatefulSessions) to list.");
  }

  @Override
  public Guarantees guarantees() {
    return new Guarantees(
        mint.tokens().maxStateBytes(), refusals.list().traits(), replayGuard, policy());
  }

  private OpenResult opened(String subject, Map<String, String> attributes) {
    try {
      Instant now = clock.instant();
      return mint.open(subject, attributes, refusals.createdAt(subject, now), now);
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  private OpenResult told(OpenResult result) {
    if (result instanceof OpenResult.Opened opened) {
      mint.listener().opened(opened.grant().session());
    }
    return result;
  }

  private Validation accepted(Session session, Instant now) {
    Optional<Grant> renewal = mint.renewal(session, now);
    return new Validation.Accepted(renewal.map(Grant::session).orElse(session), renewal);
  }

  private SaveResult saved(Session changed) {
    return minted(
        changed,
        now -> {
          if (refusals.isRefused(changed)) {
            return overtaken(changed);
          }
          Grant grant = mint.saved(changed, now);
          return new SaveResult.Saved(grant.session(), Optional.of(grant));
        });
  }

  /** Mints first, then raises the floor to what was minted, and hands it out only on RAISED. */
  private SaveResult raised(Session session, BiFunction<Session, Instant, Grant> minting) {
    return minted(
        session,
        now -> {
          Grant grant = minting.apply(session, now);
          Acknowledgement acknowledgement = raise(session, grant.session().version());
          if (acknowledgement == Acknowledgement.ALREADY || refusals.isEnded(session)) {
            return overtaken(session);
          }
          return acknowledgement == Acknowledgement.RAISED
              ? new SaveResult.Saved(grant.session(), Optional.of(grant))
              : unavailable(
                  new StoreUnavailableException(
                      "The refusal of the tokens before was written and not acknowledged by the replicas that were asked for, so the new token was not handed out. Answer 503.",
                      null));
        });
  }

  /**
   * Under the replay guard a rotation first wins over the saves of its version, as a save does:
   * jumping over them, it would bring an old state back.
   */
  private Acknowledgement raise(Session session, long version) {
    long nextSave = session.version() + 1;
    if (replayGuard && version != nextSave) {
      Acknowledgement first = refusals.refuseBefore(session, nextSave, clock);
      if (first != Acknowledgement.RAISED) {
        return first;
      }
    }
    return refusals.refuseBefore(session, version, clock);
  }

  private SaveResult overtaken(Session session) {
    return refusals.isEnded(session)
        ? new SaveResult.Gone()
        : new SaveResult.Conflict(Optional.empty());
  }

  private interface Minting {
    SaveResult at(Instant now);
  }

  private SaveResult minted(Session session, Minting minting) {
    mint.rules().requireIdleTimeoutWithinPolicy(session);
    Instant now = clock.instant();
    if (!now.isBefore(session.endAsRead())) {
      return new SaveResult.Gone();
    }
    try {
      return minting.at(now);
    } catch (TokenTooLargeException e) {
      return TokenMint.tooLarge(e);
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  /** A stolen token that a rotation has overtaken must not log its victim out. */
  private Ending endedUnlessRefused(Session session) {
    return ending(
        () ->
            refusals.isRefused(session) && !refusals.mayBeUnconfirmed(session)
                ? new Ending.Ended(false, refusals.list().traits().staleness())
                : refuseAllVersions(session));
  }

  private Ending refuseAllVersions(Session session) {
    Ending ending = refusals.end(session, clock);
    if (!ending.equals(new Ending.Ended(false, refusals.list().traits().staleness()))) {
      mint.listener().ended(session.key());
    }
    return ending;
  }

  private Ending ending(Supplier<Ending> end) {
    try {
      return end.get();
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  private SessionPolicy policy() {
    return mint.rules().policy();
  }

  private Validation rejected(Rejection reason) {
    mint.listener().rejected(reason);
    return new Validation.Rejected(reason);
  }

  private Unavailable unavailable(StoreUnavailableException cause) {
    mint.listener().unavailable(LIST, cause);
    return new Unavailable(LIST, cause);
  }
}
