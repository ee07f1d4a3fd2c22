package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.HybridSessions;
import dev.statewise.SessionListener;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Unavailable;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens: long sessions on short access tokens, with rotation and reuse detection (RFC 9700
 * §4.14.2).
 *
 * <p>Each redemption brings a new access token and a new refresh token. A refresh token that was
 * replaced is good for a short grace, in which it brings the <em>same</em> successor again, for the
 * reply may have been lost; presented after that it was copied, and the session is ended with all
 * its tokens. One that was replaced twice or more within its grace is {@code UNKNOWN} until that is
 * over, of the five newest that were replaced. All tokens that come of one login are a
 * <em>family</em>, which is one session record in {@code families}, under the key of the session
 * that the access tokens stand for. No store holds a secret: the successor is derived with a key of
 * the server's.
 *
 * <p>An access token lives as long as the policy says and is not renewed. It is validated by {@link
 * HybridSessions} over the same token service, list and {@link RefreshPolicy#access}. Whatever ends
 * a session there ends its family: the list keeps the refusal for as long as the family may idle,
 * and its next redemption is {@code REVOKED}. That holds as long as the list remembers. An ending
 * here deletes the family as well, so it also outlasts a list that a restart has emptied.
 *
 * <p>Safe for use by any number of threads, on any number of nodes that share store, list, policy
 * and keys. No lock is held over I/O. A family is always asked for at the source.
 */
public final class RefreshTokens {

  private static final String FAMILIES = "store of families";

  /** A conflict makes the token the one before, at once; so the second attempt is the last. */
  private static final int ATTEMPTS = 3;

  private static final int DRAWS = 3;

  private final SessionStore families;
  private final TokenService tokens;
  private final RevocationList list;
  private final RefreshKeys keys;
  private final RefreshPolicy policy;
  private final InstantSource clock;
  private final SessionListener listener;
  private final AccessTokens access;
  private final HybridSessions sessions;
  private final RefreshEndings endings;
  private final SecureRandom random = new SecureRandom();

  private RefreshTokens(
      SessionStore families,
      TokenService tokens,
      RevocationList list,
      RefreshKeys keys,
      RefreshPolicy policy,
      InstantSource clock,
      SessionListener listener) {
    this.families = requireNonNull(families, "families");
    this.tokens = requireNonNull(tokens, "tokens");
    this.list = requireNonNull(list, "list");
    this.keys = requireNonNull(keys, "keys");
    this.policy = requireNonNull(policy, "policy");
    this.clock = requireNonNull(clock, "clock");
    this.listener = listener;
    this.access = new AccessTokens(tokens, list, policy.accessLife());
    this.sessions = HybridSessions.over(tokens, list, policy.access()).withClock(clock);
    this.endings = new RefreshEndings(families, list, policy, access, sessions, clock, listener);
  }

  /**
   * Refresh tokens whose families are kept in {@code families}, which stays the caller's to close,
   * as does the list.
   *
   * @param families a store of its own, or a namespace of its own in one: not that of sessions
   * @param tokens issues the access tokens
   * @param list refuses what was ended; asked at each redemption
   */
  public static RefreshTokens over(
      SessionStore families,
      TokenService tokens,
      RevocationList list,
      RefreshKeys keys,
      RefreshPolicy policy) {
    return new RefreshTokens(
        families,
        tokens,
        list,
        keys,
        policy,
        InstantSource.system(),
        SessionListener.safe(new SessionListener() {}));
  }

  /** The same, telling {@code listener} what happens, reuse among it. */
  public RefreshTokens withListener(SessionListener listener) {
    return new RefreshTokens(
        families, tokens, list, keys, policy, clock, SessionListener.safe(listener));
  }

  /** The same, on a clock of the caller's. By default the system clock. */
  public RefreshTokens withClock(InstantSource clock) {
    return new RefreshTokens(families, tokens, list, keys, policy, clock, listener);
  }

  /**
   * Opens a session for a subject that has just proved who it is, with a family of its own.
   *
   * @param subject whose session it is; not blank
   * @param attributes what the first access token carries
   * @return if unanswered, there may be a family whose token nobody holds; it idles out
   * @throws IllegalArgumentException if the subject is blank, or a text is not well-formed Unicode
   *     or has U+0000
   */
  public RefreshOpening open(String subject, Map<String, String> attributes) {
    try {
      return opened(subject, attributes);
    } catch (StoreUnavailableException e) {
      return unanswered(e);
    } catch (TokenTooLargeException e) {
      return tooLarge(e);
    }
  }

  /**
   * Takes a refresh token and gives the next, with a new access token of the same session.
   *
   * @param presented null, empty, huge or hostile alike; what has not the form of a refresh token
   *     is {@code MALFORMED} and costs no call
   * @param state what the new access token is to carry
   */
  public Redemption redeem(@Nullable Credential presented, RefreshedState state) {
    requireNonNull(state, "state");
    if (presented == null || presented.value().isEmpty()) {
      return rejected(Rejection.MISSING);
    }
    Optional<RefreshToken> token = RefreshToken.parse(presented.value());
    if (token.isEmpty()) {
      return rejected(Rejection.MALFORMED);
    }
    try {
      return redeemed(token.get(), state);
    } catch (StoreUnavailableException e) {
      return unanswered(e);
    } catch (TokenTooLargeException e) {
      return tooLarge(e);
    }
  }

  /**
   * Logs out whoever presents a refresh token of the session, replaced or expired ones too: the
   * family and its access tokens are ended.
   *
   * @param presented as of {@link #redeem}; what proves nothing ends nothing
   */
  public Ending end(@Nullable Credential presented) {
    Optional<RefreshToken> token =
        Optional.ofNullable(presented).flatMap(one -> RefreshToken.parse(one.value()));
    if (token.isEmpty()) {
      return new Ending.Ended(false, Duration.ZERO);
    }
    return ending(
        () ->
            family(token.get().session())
                .filter(one -> token.get().isOfFamilyBehind(one.familyHash()))
                .map(one -> endings.end(one.record()))
                .orElseGet(() -> new Ending.Ended(false, Duration.ZERO)));
  }

  /** Ends a session that an access token stood for, its family and its access tokens. */
  public Ending end(Session session) {
    requireNonNull(session, "session");
    return ending(() -> endings.end(session));
  }

  /**
   * Ends every session of a subject and every family: logout everywhere.
   *
   * <p>The list refuses the subject's families for as long as one of them could live by today's
   * {@code lifetime}, so none is left that was opened at the same moment; those that the store
   * finds by subject are deleted.
   *
   * @throws IllegalArgumentException if the subject is blank
   */
  public Ending endAll(String subject) {
    return ending(() -> endings.endAll(subject));
  }

  private RefreshOpening opened(String subject, Map<String, String> attributes) {
    for (int i = 0; i < DRAWS; i++) {
      Instant now = clock.instant();
      // Its own token is not handed out: it would be renewed, and no redemption would be needed.
      OpenResult result = sessions.open(subject, attributes);
      if (!(result instanceof OpenResult.Opened opened)) {
        return notOpened(result);
      }
      Session session = opened.grant().session();
      RefreshToken token = RefreshToken.first(session.key(), current(), random);
      RefreshFamily family =
          RefreshFamily.first(session.seenAt(now), token, policy.idleTimeout(), keys.current());
      Grant grant = access.first(session, now, attributes);
      if (families.create(family.record())) {
        listener.opened(grant.session());
        return new RefreshOpening.Opened(new RefreshGrant(token.credential(), grant));
      }
    }
    throw new IllegalStateException(
        "%d random keys of 72 bits were all taken, so the random source is broken, or families share a namespace with something else. Mend it before anybody logs in."
            .formatted(DRAWS));
  }

  private static RefreshOpening notOpened(OpenResult result) {
    if (result instanceof TooLarge tooLarge) {
      return new Redemption.TooLarge(tooLarge.bytes(), tooLarge.limit(), tooLarge.parts());
    }
    return unanswered((Unavailable) result);
  }

  private Redemption redeemed(RefreshToken token, RefreshedState state) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Redemption> answer = attempt(token, state);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw new StoreUnavailableException(
        "The family of a refresh token was replaced during each of %d attempts, which no redemption does. Does something else write into the store of families?"
            .formatted(ATTEMPTS),
        null);
  }

  /** Empty if the family has moved on since it was read. */
  private Optional<Redemption> attempt(RefreshToken token, RefreshedState state) {
    Instant now = clock.instant();
    Optional<RefreshFamily> found = family(token.session());
    if (found.isEmpty()) {
      return Optional.of(rejected(Rejection.UNKNOWN));
    }
    RefreshFamily family = found.get();
    RefreshFamily.Standing standing = family.standing(token, now, policy);
    if (standing == RefreshFamily.Standing.STRANGE
        || standing == RefreshFamily.Standing.OVERTAKEN) {
      return Optional.of(rejected(Rejection.UNKNOWN));
    }
    if (family.isExpiredAt(now, policy)) {
      return Optional.of(rejected(Rejection.EXPIRED));
    }
    if (standing == RefreshFamily.Standing.REPLACED) {
      return Optional.of(reused(family));
    }
    if (access.isEnded(family, now)) {
      return Optional.of(revoked(family));
    }
    return standing == RefreshFamily.Standing.CURRENT
        ? rotated(token, family, now, state)
        : Optional.of(again(token, family, now, state));
  }

  /** Everything that can fail comes first: a redemption that fails must not use the token up. */
  private Optional<Redemption> rotated(
      RefreshToken token, RefreshFamily family, Instant now, RefreshedState state) {
    RefreshToken successor = token.generation(family.generation() + 1, current());
    Optional<Grant> grant =
        access.issue(family, family.generation() + 1, now, state(family, state));
    if (grant.isEmpty()) {
      return Optional.of(revoked(family));
    }
    // The grace begins here: list and state may have taken longer than all of it.
    RefreshFamily next = family.next(successor, now, clock.instant(), policy, keys.current());
    ReplaceResult result = families.replace(next.record());
    return switch (result) {
      case REPLACED -> Optional.of(granted(successor, grant.get()));
      case CONFLICT -> Optional.empty();
      case GONE -> Optional.of(rejected(Rejection.UNKNOWN));
    };
  }

  /** The same successor as the first time, made again. */
  private Redemption again(
      RefreshToken token, RefreshFamily family, Instant now, RefreshedState state) {
    Hmac key = keys.find(family.madeWith());
    if (key == null) {
      throw new StoreUnavailableException(
          "A refresh token was presented again within its grace, and its successor was made with the key '%s', which is not known here. Give every node the next key before one uses it, and keep a former one for grace and twice the clock skew."
              .formatted(family.madeWith()),
          null);
    }
    RefreshToken successor = token.generation(family.generation(), key);
    if (!successor.isBehind(family.record().secretHash())) {
      throw new StoreUnavailableException(
          "A refresh token was presented again within its grace, and its successor was made with another secret than the key '%s' has here. Give every node the same secret under that name, and a new secret a new name."
              .formatted(family.madeWith()),
          null);
    }
    Optional<Grant> grant = access.issue(family, family.generation(), now, state(family, state));
    return grant.isEmpty() ? revoked(family) : granted(successor, grant.get());
  }

  private static Map<String, String> state(RefreshFamily family, RefreshedState state) {
    Session record = family.record();
    return requireNonNull(state.of(record.subject(), record.key()), "the refreshed state");
  }

  private static Redemption granted(RefreshToken successor, Grant grant) {
    return new Redemption.Redeemed(new RefreshGrant(successor.credential(), grant));
  }

  private Redemption reused(RefreshFamily family) {
    SessionKey session = family.record().key();
    listener.reused(session);
    Ending ending = endings.end(family.record());
    if (ending instanceof Unavailable unavailable) {
      return unanswered(unavailable);
    }
    if (ending instanceof Ending.Unconfirmed) {
      // Nobody ends it again, as an application would that was answered this.
      families.delete(session);
    }
    return new Redemption.Reused(session);
  }

  /** The session was ended without its family: it must not outlive the refusal. */
  private Redemption revoked(RefreshFamily family) {
    families.delete(family.record().key());
    return rejected(Rejection.REVOKED);
  }

  private Optional<RefreshFamily> family(SessionKey key) {
    Optional<Session> record = families.findCurrent(key);
    Optional<RefreshFamily> family = record.flatMap(RefreshFamily::of);
    if (record.isPresent() && family.isEmpty()) {
      listener.finding(
          "A session record under %s is no family of refresh tokens. Give families a namespace of their own."
              .formatted(key));
    }
    return family;
  }

  private Hmac current() {
    return requireNonNull(keys.find(keys.current()));
  }

  private Redemption.Unavailable unanswered(StoreUnavailableException cause) {
    return unanswered(unavailable(cause));
  }

  private static Redemption.Unavailable unanswered(Unavailable unavailable) {
    return new Redemption.Unavailable(unavailable.dependency(), unavailable.cause());
  }

  private static Redemption.TooLarge tooLarge(TokenTooLargeException e) {
    return new Redemption.TooLarge(e.bytes(), e.limit(), e.parts());
  }

  private Ending ending(Supplier<Ending> end) {
    try {
      return end.get();
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  private Redemption rejected(Rejection reason) {
    listener.rejected(reason);
    return new Redemption.Rejected(reason);
  }

  private Unavailable unavailable(StoreUnavailableException cause) {
    listener.unavailable(FAMILIES, cause);
    return new Unavailable(FAMILIES, cause);
  }
}
