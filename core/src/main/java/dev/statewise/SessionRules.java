package dev.statewise;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.SaveResult;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What holds for sessions under one policy, wherever their state lives. Reads no clock. */
record SessionRules(SessionPolicy policy) {

  // Each retry means that another writer got through, so this many in a row means a hot session.
  private static final int MAX_UPDATES = 64;

  SessionRules {
    requireNonNull(policy, "policy");
  }

  /**
   * The rules for sessions in tokens.
   *
   * @throws IllegalArgumentException if the policy has a limit
   */
  static SessionRules withoutLimit(SessionPolicy policy) {
    if (requireNonNull(policy, "policy").limit().isPresent()) {
      throw new IllegalArgumentException(
          "The policy limits sessions to %d a subject, and tokens cannot be counted. Leave the limit out, or keep sessions in a store with a subject index."
              .formatted(policy.limit().get().max()));
    }
    return new SessionRules(policy);
  }

  static String requireSubject(String subject) {
    if (requireNonNull(subject, "subject").isBlank()) {
      throw new IllegalArgumentException(
          "The subject is blank, and a blank one would be everybody's. Pass the user's id, or use openAnonymous.");
    }
    return subject;
  }

  /** A new session, first seen at {@code now}. */
  Session newSession(
      String subject,
      SecretHash hash,
      Instant createdAt,
      Instant now,
      Map<String, String> attributes,
      RandomGenerator random) {
    return Session.restore(
        SessionKey.draw(subject, random),
        subject,
        hash,
        1,
        createdAt,
        now,
        policy.idleTimeout(),
        createdAt.plus(policy.absoluteLifetime()),
        attributes);
  }

  /**
   * @throws IllegalArgumentException if the session was given a longer idle timeout than it may
   *     have
   */
  void requireIdleTimeoutWithinPolicy(Session session) {
    if (requireNonNull(session, "session").idleTimeout().compareTo(policy.maxIdleTimeout()) > 0) {
      throw new IllegalArgumentException(
          "idleTimeout (%s) exceeds the policy's maxIdleTimeout (%s), by which refusals are kept. Lower it or raise maxIdleTimeout."
              .formatted(session.idleTimeout(), policy.maxIdleTimeout()));
    }
  }

  /**
   * The session as the policy of today sees it: neither its idle timeout nor its lifetime is longer
   * than today's longest. So a tighter policy holds at once.
   */
  Session withinPolicy(Session session) {
    Instant latest = session.createdAt().plus(policy.absoluteLifetime());
    boolean within =
        session.idleTimeout().compareTo(policy.maxIdleTimeout()) <= 0
            && !session.absoluteEnd().isAfter(latest);
    return within
        ? session
        : Session.restore(
            session.key(),
            session.subject(),
            session.secretHash(),
            session.version(),
            session.createdAt(),
            session.lastSeen(),
            shorter(session.idleTimeout(), policy.maxIdleTimeout()),
            session.absoluteEnd().isAfter(latest) ? latest : session.absoluteEnd(),
            session.attributes());
  }

  /**
   * Whether enough time has passed since the session was last seen. One with a shorter idle timeout
   * than usual is touched more often, or it would die between touches.
   */
  boolean isTouchDue(Session session, Instant now) {
    Duration touchAfter = policy.touchAfter();
    if (session.idleTimeout().compareTo(policy.idleTimeout()) < 0) {
      touchAfter = shorter(session.idleTimeout().dividedBy(8), touchAfter);
    }
    return now.isAfter(session.lastSeen().plus(touchAfter));
  }

  /** The successor with another secret. */
  static Session rotated(Session session, SecretHash hash, Instant now) {
    return copy(session.next(now), hash, session.version() + 1);
  }

  /** The session at another version, seen at {@code now}. */
  static Session atVersion(Session session, long version, Instant now) {
    return copy(session.seenAt(now), session.secretHash(), version);
  }

  /** Applies {@code change} and saves, again and again on what {@code save} found instead. */
  SaveResult update(
      Session read, UnaryOperator<Session> change, Function<Session, SaveResult> save) {
    requireNonNull(change, "change");
    Session current = requireNonNull(read, "read");
    for (int i = 0; i < MAX_UPDATES; i++) {
      SaveResult result = save.apply(requireChangedForm(current, change.apply(current)));
      if (!(result instanceof SaveResult.Conflict conflict) || conflict.current().isEmpty()) {
        return result;
      }
      current = conflict.current().get();
    }
    return new SaveResult.Conflict(Optional.of(current));
  }

  /** The changed form itself, made anew: a session that is equal need not have been read. */
  private static Session requireChangedForm(Session read, Session changed) {
    requireNonNull(changed, "the session that the change returned");
    Session expected =
        read.withAttributes(changed.attributes()).withIdleTimeout(changed.idleTimeout());
    if (!expected.equals(changed)) {
      throw new IllegalArgumentException(
          "The change was given %s and returned %s, which is not a changed form of it. Return session.with(…) of the session that was passed in."
              .formatted(read, changed));
    }
    return expected;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Session copy(Session session, SecretHash hash, long version) {
    return Session.restore(
        session.key(),
        session.subject(),
        hash,
        version,
        session.createdAt(),
        session.lastSeen(),
        session.idleTimeout(),
        session.absoluteEnd(),
        session.attributes());
  }
}
