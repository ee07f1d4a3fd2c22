package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.jwt.ExternalTokens.External;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.NotKept;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that begin somewhere else: users log in at Keycloak, Auth0, Entra or the like, and this
 * application accepts the tokens that they bring from there. Safe for use by any number of threads.
 *
 * <pre>{@code
 * ExternalSessions sessions = ExternalSessions.of(login).withRefusals(list);
 * Validation validation = sessions.validate(Credential.of(bearerToken));
 * }</pre>
 *
 * <p>A token must be a compact JWS of up to 8 KiB whose header has {@code alg}, {@code kid} and
 * {@code typ}, and beside them at most {@code x5t} and {@code x5t#S256}, which are not looked at.
 * Of its claims {@code iss}, {@code aud}, {@code sub}, {@code iat} and {@code exp} are required,
 * and a name of the session or the token. It becomes this session:
 *
 * <table>
 *   <caption>What a session has of a token</caption>
 *   <tr><td>key</td><td>a hash of {@code iss} and {@code sid}, or of {@code iss} and {@code jti}
 *     where there is no {@code sid}: the same for every token of one session</td></tr>
 *   <tr><td>subject</td><td>{@code sub}, behind the issuer's prefix</td></tr>
 *   <tr><td>created at</td><td>{@code auth_time}, when the user logged in; else {@code iat}</td></tr>
 *   <tr><td>last seen</td><td>{@code iat}</td></tr>
 *   <tr><td>end</td><td>{@code exp}, at which it is dead</td></tr>
 *   <tr><td>version</td><td>1</td></tr>
 *   <tr><td>attributes</td><td>what the issuer's function makes of the claims; by default none</td></tr>
 * </table>
 *
 * <p>Such a session is not ours: it is not saved, rotated or renewed here. To have one that is,
 * open it with {@code Sessions.open(session.subject(), …)}.
 */
public final class ExternalSessions {

  private static final Logger LOG = LoggerFactory.getLogger(ExternalSessions.class);

  private static final String KEYS = "issuer's keys";
  private static final String LIST = "revocation list";
  private static final String WHY =
      "Nothing here can refuse a token of another issuer before its time without a revocation list. Pass one to withRefusals, and end the session at the issuer.";
  private static final long ALL_VERSIONS = Long.MAX_VALUE;
  private static final Duration ONE_MILLI = Duration.ofMillis(1);
  private static final Instant AFTER_EVERY_FLOOR =
      Instant.ofEpochSecond(SessionClaims.LATEST_SECOND);

  private final List<ExternalIssuer> issuers;
  private final ExternalTokens tokens;
  private final Optional<RevocationList> list;
  private final InstantSource clock;
  private final Consumer<Refusal> refusals;

  private ExternalSessions(
      List<ExternalIssuer> issuers,
      Optional<RevocationList> list,
      InstantSource clock,
      Consumer<Refusal> refusals) {
    this.issuers = issuers;
    this.tokens = new ExternalTokens(issuers);
    this.list = list;
    this.clock = clock;
    this.refusals = refusals;
  }

  /**
   * Sessions of these issuers, and of no other.
   *
   * @throws IllegalArgumentException if two have one name, or the subject prefix of one begins with
   *     that of another
   */
  public static ExternalSessions of(ExternalIssuer first, ExternalIssuer... more) {
    List<ExternalIssuer> issuers = new ArrayList<>();
    issuers.add(requireNonNull(first, "first"));
    for (ExternalIssuer issuer : more) {
      issuers.add(requireNonNull(issuer, "more"));
    }
    return new ExternalSessions(
        List.copyOf(issuers), Optional.empty(), InstantSource.system(), any -> {});
  }

  /** The same, ended through {@code list}, which stays the caller's to close. */
  public ExternalSessions withRefusals(RevocationList list) {
    return new ExternalSessions(
        issuers, Optional.of(requireNonNull(list, "list")), clock, refusals);
  }

  /** The same, on a clock of the caller's. By default the system clock. */
  public ExternalSessions withClock(InstantSource clock) {
    return new ExternalSessions(issuers, list, requireNonNull(clock, "clock"), refusals);
  }

  /**
   * The same, telling {@code listener} of each refused token why exactly: for a metric, or a log
   * beside the one that is written at the level DEBUG. Not for the client. An exception of the
   * listener changes nothing.
   */
  public ExternalSessions withRefusalListener(Consumer<Refusal> listener) {
    return new ExternalSessions(issuers, list, clock, requireNonNull(listener, "listener"));
  }

  /**
   * Judges a token. Never throws for a bad one. It is {@link Unavailable} if the issuer's keys or
   * the list gave no answer: send 503, never 401.
   *
   * @param presented null or empty if the client sent none
   */
  public Validation validate(@Nullable Credential presented) {
    Instant now = clock.instant();
    try {
      Session session = read(presented, now).session();
      return session.isExpiredAt(now) ? rejected(Rejection.EXPIRED) : unlessRefused(session);
    } catch (RefusedException e) {
      return rejected(told(e.refusal()));
    } catch (StoreUnavailableException e) {
      return new Unavailable(KEYS, e);
    }
  }

  /**
   * Ends the session of a token here, an expired one too: every token of it is refused from then
   * on, those as well that the issuer signs for it later. It does not end at the issuer: log the
   * user out there, or the next login there begins another session without a password.
   *
   * <p>A token that is refused already ends nothing: after {@link #endAll} a user may be logged in
   * again in the same session of the issuer, and whoever has an old token must not log them out.
   */
  public Ending end(@Nullable Credential presented) {
    Instant now = clock.instant();
    try {
      External external = read(presented, now);
      return list.map(through -> endedUnlessRefused(external, through, now))
          .orElseGet(() -> new NotKept(rest(external.session(), now), WHY));
    } catch (RefusedException e) {
      told(e.refusal());
      return new Ending.Ended(false, Duration.ZERO);
    } catch (StoreUnavailableException e) {
      return new Unavailable(KEYS, e);
    }
  }

  /** Ends a session that was validated before, by an administrator for instance. */
  public Ending end(Session session) {
    requireNonNull(session, "session");
    Instant now = clock.instant();
    return list.map(
            through ->
                answered(
                    () ->
                        refuse(
                            session, now.plus(longest(ExternalIssuer::sessionLifetime)), through)))
        .orElseGet(() -> new NotKept(rest(session, now), WHY));
  }

  /**
   * Ends every session that a subject has begun so far. A token says when its session began to the
   * second, and clocks differ: logins of the next seconds, up to the clock skew of an issuer, are
   * refused too. Where an issuer says no {@code auth_time}, what counts is when a token was signed,
   * so it must be told as well.
   *
   * @param subject as {@link Session#subject} says it, with the issuer's prefix
   */
  public Ending endAll(String subject) {
    if (requireNonNull(subject, "subject").isBlank()) {
      throw new IllegalArgumentException(
          "The subject is blank, and a blank one would be everybody's. Pass the subject of a session.");
    }
    return list.map(through -> answered(() -> endAll(subject, through, clock.instant())))
        .orElseGet(() -> new NotKept(longest(ExternalIssuer::maxTokenLife), WHY));
  }

  /** The issuers; no key material. */
  @Override
  public String toString() {
    return "ExternalSessions" + issuers;
  }

  private External read(@Nullable Credential presented, Instant now) throws RefusedException {
    return tokens.read(presented == null ? "" : presented.value(), now);
  }

  private Validation unlessRefused(Session session) {
    try {
      return list.isPresent() && list.get().isRefused(session)
          ? rejected(Rejection.REVOKED)
          : new Validation.Accepted(session, Optional.empty());
    } catch (StoreUnavailableException e) {
      return new Unavailable(LIST, e);
    }
  }

  /** A stolen token that a logout everywhere has refused must not log its victim out again. */
  private Ending endedUnlessRefused(External external, RevocationList through, Instant now) {
    Session session = external.session();
    Instant end = session.absoluteEnd();
    Instant last = now.plus(external.issuer().sessionLifetime());
    Instant until = external.isNamedBySession() && last.isAfter(end) ? last : end;
    return answered(
        () ->
            through.isRefused(session) && !mayBeUnconfirmed(session, through)
                ? new Ending.Ended(false, through.traits().staleness())
                : refuse(session, until, through));
  }

  /**
   * Whether the session itself was ended, not only its subject's, on a list that waits for
   * replicas: only ending it again tells whether they have it by now.
   */
  private static boolean mayBeUnconfirmed(Session session, RevocationList through) {
    return through.traits().keepsAcknowledged() && through.isRefused(begunAfterEveryFloor(session));
  }

  /** What only a refusal of the session's own key still refuses. */
  private static Session begunAfterEveryFloor(Session session) {
    return Session.restore(
        session.key(),
        session.subject(),
        session.secretHash(),
        session.version(),
        AFTER_EVERY_FLOOR,
        AFTER_EVERY_FLOOR,
        session.idleTimeout(),
        AFTER_EVERY_FLOOR.plus(ONE_MILLI),
        Map.of());
  }

  private Ending refuse(Session session, Instant until, RevocationList through) {
    return through
        .refuseBelow(session.key(), ALL_VERSIONS, withSkew(until))
        .asEnding(through.traits().staleness());
  }

  private Ending endAll(String subject, RevocationList through, Instant now) {
    Instant aheadOfEveryClock = now.plus(longest(ExternalIssuer::clockSkew)).plus(ONE_MILLI);
    Instant above = through.floor(subject).plus(ONE_MILLI);
    Instant floor = above.isAfter(aheadOfEveryClock) ? above : aheadOfEveryClock;
    Instant until = floor.plus(longest(ExternalIssuer::sessionLifetime));
    return through
        .refuseCreatedBefore(subject, floor, withSkew(until))
        .asEnding(through.traits().staleness());
  }

  private static Ending answered(Supplier<Ending> ending) {
    try {
      return ending.get();
    } catch (StoreUnavailableException e) {
      return new Unavailable(LIST, e);
    }
  }

  private Instant withSkew(Instant instant) {
    return instant.plus(longest(ExternalIssuer::clockSkew).multipliedBy(2));
  }

  private Duration longest(Function<ExternalIssuer, Duration> setting) {
    return issuers.stream().map(setting).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  private static Duration rest(Session session, Instant now) {
    Duration rest = Duration.between(now, session.end());
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private static Validation rejected(Rejection reason) {
    return new Validation.Rejected(reason);
  }

  private Rejection told(Refusal refusal) {
    LOG.debug("Refused a token of another issuer: {}.", refusal);
    try {
      refusals.accept(refusal);
    } catch (RuntimeException e) {
      LOG.warn(
          "The refusal listener threw {}; the token is refused all the same.", e.getClass(), e);
    }
    return refusal.rejection();
  }
}
