package dev.statewise;

import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * When a token is renewed: in the last third of its life.
 *
 * <p>Each token is due for certain when three quarters of its life are over, less a jitter of up to
 * a twelfth: so from some instant after two thirds on, which differs from token to token. Tokens
 * that were issued together are not renewed together; and as jitter only ever makes a renewal
 * earlier, the last quarter of its life is left to any client to come and get it.
 *
 * @param jitter of a token, from 0 to 1: how much of the twelfth is taken off
 */
record Renewal(ToDoubleFunction<Session> jitter) {

  /**
   * A jitter of its own for each token, and the same whoever asks and however often. Drawn anew at
   * each request, the first low draw would count, and busy clients would be renewed together after
   * all.
   */
  static final Renewal SPREAD =
      new Renewal(session -> new SplittableRandom(seed(session)).nextDouble());

  /** After how much of a life of {@code idleTimeout} a renewal is due at the latest. */
  static Duration latestAfter(Duration idleTimeout) {
    return idleTimeout.multipliedBy(3).dividedBy(4);
  }

  /** One that is as old as its session can get is not due: a newer one would not live longer. */
  boolean isDue(Session session, Instant now) {
    return isInLastThird(session, now) && canLiveLonger(session) && !now.isBefore(dueAt(session));
  }

  /** Or not more than a second before. Asked first: of most tokens there is nothing more to ask. */
  private static boolean isInLastThird(Session session, Instant now) {
    long age = now.getEpochSecond() - session.lastSeen().getEpochSecond();
    return (age + 1) * 3 >= session.idleTimeout().toSeconds() * 2;
  }

  /** By a second, as tokens count. */
  private static boolean canLiveLonger(Session session) {
    return !session.end().plusSeconds(1).isAfter(session.absoluteEnd());
  }

  /** When the renewal is due, if the session's absolute end is not nearer than its idle timeout. */
  Instant dueAt(Session session) {
    double most = session.idleTimeout().toMillis() / 12.0;
    long earlier = (long) (most * jitter.applyAsDouble(session));
    return session.lastSeen().plus(latestAfter(session.idleTimeout())).minusMillis(earlier);
  }

  private static long seed(Session session) {
    return 31L * session.key().text().hashCode() + session.lastSeen().getEpochSecond();
  }
}
