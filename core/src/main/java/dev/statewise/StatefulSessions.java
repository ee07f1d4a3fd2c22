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
import dev.statewise.session.SessionKey;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose state is kept on the server: in this process, in Redis, in a database. The client
 * carries a session id.
 *
 * <p>A validation is one {@code find}; when a touch is due, a {@code touch} as well. Expiry is
 * judged here, against one clock, and never by the store.
 */
public final class StatefulSessions implements Sessions {

  private static final String STORE = "session store";

  private final SessionStore store;
  private final SessionRules rules;
  private final InstantSource clock;
  private final SafeListener listener;
  private final SecureRandom random = new SecureRandom();
  private final SessionOpener opener;

  private StatefulSessions(
      SessionStore store, SessionRules rules, InstantSource clock, SafeListener listener) {
    this.store = store;
    this.rules = rules;
    this.clock = clock;
    this.listener = listener;
    this.opener = new SessionOpener(store, rules, clock, random);
  }

  /**
   * Sessions in {@code store}, which stays the caller's to close.
   *
   * @throws IllegalArgumentException if the policy has a limit and the store no {@link
   *     SubjectIndex}
   */
  public static StatefulSessions over(SessionStore store, SessionPolicy policy) {
    requireNonNull(store, "store");
    requireNonNull(policy, "policy");
    if (policy.limit().isPresent() && store.subjects().isEmpty()) {
      throw new IllegalArgumentException(
          "The policy limits sessions to %d a subject, and this store cannot count them. Leave the limit out, or choose a store with a subject index."
              .formatted(policy.limit().get().max()));
    }
    return new StatefulSessions(
        store, new SessionRules(policy), InstantSource.system(), SafeListener.NOBODY);
  }

  /** The same, telling {@code listener} what happens. */
  public StatefulSessions withListener(SessionListener listener) {
    return new StatefulSessions(store, rules, clock, new SafeListener(listener));
  }

  /** The same, on a clock of the caller's. By default the system clock. */
  public StatefulSessions withClock(InstantSource clock) {
    return new StatefulSessions(store, rules, requireNonNull(clock, "clock"), listener);
  }

  @Override
  public OpenResult open(String subject, Map<String, String> attributes) {
    return opened(requireSubject(subject), attributes, Optional.empty(), opened -> opened);
  }

  @Override
  public OpenResult openAnonymous(Map<String, String> attributes) {
    return opened("", attributes, Optional.empty(), opened -> opened);
  }

  @Override
  public OpenResult login(Session before, String subject, Map<String, String> attributes) {
    requireNonNull(before, "before");
    requireSubject(subject);
    if (rules.policy().limit().isPresent() && before.subject().equals(subject)) {
      return opened(
          subject, attributes, Optional.of(before.key()), opened -> superseded(before, opened));
    }
    return opened(subject, attributes, Optional.empty(), opened -> endBefore(before, opened));
  }

  @Override
  public Validation validate(@Nullable Credential presented) {
    if (presented == null || presented.value().isEmpty()) {
      return rejected(Rejection.MISSING);
    }
    Optional<SessionId> id = SessionId.parse(presented);
    if (id.isEmpty()) {
      return rejected(Rejection.MALFORMED);
    }
    try {
      Optional<Session> session = authenticated(id.get());
      return session.isPresent() ? judged(session.get()) : rejected(Rejection.UNKNOWN);
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  @Override
  public SaveResult save(Session changed) {
    return saved(changed, changed::next, next -> new SaveResult.Saved(next, Optional.empty()));
  }

  @Override
  public SaveResult update(Session read, UnaryOperator<Session> change) {
    return rules.update(read, change, this::save);
  }

  @Override
  public SaveResult rotate(Session session) {
    Secret secret = Secret.draw(random);
    Credential credential = new SessionId(session.key(), secret).credential();
    return saved(
        session,
        now -> SessionRules.rotated(session, secret.hash(), now),
        next -> new SaveResult.Saved(next, Optional.of(new Grant(credential, next))));
  }

  @Override
  public Ending end(@Nullable Credential presented) {
    Optional<SessionId> id = Optional.ofNullable(presented).flatMap(SessionId::parse);
    if (id.isEmpty()) {
      return new Ending.Ended(false, Duration.ZERO);
    }
    return ending(
        () ->
            authenticated(id.get())
                .map(session -> ended(session.key()))
                .orElseGet(() -> new Ending.Ended(false, Duration.ZERO)));
  }

  @Override
  public Ending end(Session session) {
    requireNonNull(session, "session");
    return ending(() -> ended(session.key()));
  }

  @Override
  public Ending endAll(String subject) {
    requireSubject(subject);
    Optional<SubjectIndex> subjects = store.subjects();
    return subjects.isEmpty()
        ? notKept()
        : ending(
            () -> {
              boolean known = subjects.get().deleteAll(subject) > 0;
              listener.endedAll(subject);
              return new Ending.Ended(known, staleness());
            });
  }

  @Override
  public Listing list(String subject) {
    requireSubject(subject);
    Optional<SubjectIndex> subjects = store.subjects();
    if (subjects.isEmpty()) {
      return notKept();
    }
    try {
      Instant now = clock.instant();
      List<Session> found = subjects.get().findAll(subject);
      return new Listing.Listed(
          found.stream()
              .map(rules::withinPolicy)
              .filter(session -> !session.isExpiredAt(now))
              .toList());
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  @Override
  public Guarantees guarantees() {
    return new Guarantees(store.traits(), store.subjects().isPresent(), rules.policy());
  }

  /** What is {@code still} to be done comes before anybody is told: it may undo the opening. */
  private OpenResult opened(
      String subject,
      Map<String, String> attributes,
      Optional<SessionKey> instead,
      UnaryOperator<OpenResult> still) {
    try {
      SessionOpener.Opening opening = opener.open(subject, attributes, instead);
      listener.ended(opening.ended());
      if (!(opening.result() instanceof OpenResult.Opened)) {
        return opening.result();
      }
      OpenResult result = still.apply(opening.result());
      if (result instanceof OpenResult.Opened opened) {
        listener.opened(opened.grant().session());
      }
      return result;
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  /** The admission has ended it, in the step that opened the other. */
  private OpenResult superseded(Session before, OpenResult result) {
    listener.ended(before.key());
    return result;
  }

  private OpenResult endBefore(Session before, OpenResult result) {
    try {
      ended(before.key());
      return result;
    } catch (StoreUnavailableException e) {
      deleteOnce(result.grantOrThrow().session().key());
      return unavailable(e);
    }
  }

  /** The session whose id this is; a wrong secret is no session. */
  private Optional<Session> authenticated(SessionId id) {
    Optional<Session> found = store.find(id.key());
    Optional<Session> own = found.filter(id::isOf);
    if (own.isEmpty() && found.isPresent() && !staleness().isZero()) {
      // A copy may be older than a rotation: the secret is only wrong if the source says so.
      own = store.findCurrent(id.key()).filter(id::isOf);
    }
    return own.map(rules::withinPolicy);
  }

  private Validation judged(Session session) {
    Instant now = clock.instant();
    if (session.isExpiredAt(now)) {
      return rejected(Rejection.EXPIRED);
    }
    if (!rules.isTouchDue(session, now)) {
      return new Validation.Accepted(session, Optional.empty());
    }
    try {
      return store.touch(session.key(), now)
          ? new Validation.Accepted(session.seenAt(now), Optional.empty())
          : rejected(Rejection.UNKNOWN);
    } catch (StoreUnavailableException e) {
      // It was found alive a moment ago; that it could not be noted is no reason to turn it away.
      listener.unavailable(STORE, e);
      return new Validation.Accepted(session, Optional.empty());
    }
  }

  private SaveResult saved(
      Session changed, Function<Instant, Session> successor, Function<Session, SaveResult> answer) {
    rules.requireIdleTimeoutWithinPolicy(changed);
    Optional<TooLarge> tooLarge = opener.tooLarge(changed);
    if (tooLarge.isPresent()) {
      return tooLarge.get();
    }
    try {
      Instant now = clock.instant();
      if (!now.isBefore(changed.endAsRead()) && isDeadAtSource(changed.key(), now)) {
        return new SaveResult.Gone();
      }
      Session next = successor.apply(now);
      return switch (store.replace(next)) {
        case REPLACED -> answer.apply(next);
        case CONFLICT -> conflict(changed.key(), now);
        case GONE -> new SaveResult.Gone();
      };
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  /** A long request may hold a session that looks expired, while others kept it alive. */
  private boolean isDeadAtSource(SessionKey key, Instant now) {
    return alive(store.findCurrent(key), now).isEmpty();
  }

  private Optional<Session> alive(Optional<Session> found, Instant now) {
    return found.map(rules::withinPolicy).filter(session -> !session.isExpiredAt(now));
  }

  private SaveResult conflict(SessionKey key, Instant now) {
    Optional<Session> current = alive(store.findCurrent(key), now);
    return current.isEmpty() ? new SaveResult.Gone() : new SaveResult.Conflict(current);
  }

  private Ending ending(Supplier<Ending> end) {
    try {
      return end.get();
    } catch (StoreUnavailableException e) {
      return unavailable(e);
    }
  }

  private Ending ended(SessionKey key) {
    boolean known = store.delete(key);
    if (known) {
      listener.ended(key);
    }
    return new Ending.Ended(known, staleness());
  }

  private void deleteOnce(SessionKey key) {
    try {
      store.delete(key);
    } catch (StoreUnavailableException e) {
      // Nobody holds its credential: it idles out.
      listener.unavailable(STORE, e);
    }
  }

  private Duration staleness() {
    return store.traits().staleness();
  }

  private NotKept notKept() {
    return new NotKept(
        rules.policy().absoluteLifetime(),
        "This store keeps no index of subjects, so a subject's sessions cannot be found. They end by their age; or choose a store with a subject index.");
  }

  private Validation rejected(Rejection reason) {
    listener.rejected(reason);
    return new Validation.Rejected(reason);
  }

  private Unavailable unavailable(StoreUnavailableException cause) {
    listener.unavailable(STORE, cause);
    return new Unavailable(STORE, cause);
  }
}
