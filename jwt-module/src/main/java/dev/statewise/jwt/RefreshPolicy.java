package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.SessionPolicy;
import java.time.Duration;

/**
 * How long refresh tokens and the access tokens that they bring live.
 *
 * <p>All nodes that share a store of families must share it. Refusals are kept by the policy of the
 * node that ends a session: do not lower {@code idleTimeout} or {@code lifetime} and raise it again
 * before the longer one has passed, or a family from before can outlive its refusal.
 *
 * @param accessLife how long an access token lives: whole seconds, below {@code idleTimeout}
 * @param idleTimeout a family that was not refreshed for so long is dead: whole seconds, at most
 *     {@code lifetime}
 * @param lifetime how long a family lives however often it is refreshed: whole seconds
 * @param grace for how long after a redemption the token before it still brings the same successor,
 *     because the reply may have been lost: from zero to 5 minutes. Counted on the nodes' clocks,
 *     so {@code clockSkew} is added to it
 * @param clockSkew how far the clocks of two nodes may be apart: from zero to 10 minutes
 */
public record RefreshPolicy(
    Duration accessLife,
    Duration idleTimeout,
    Duration lifetime,
    Duration grace,
    Duration clockSkew) {

  private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);

  /**
   * @throws IllegalArgumentException naming the value that cannot be, what it means and what to do
   */
  public RefreshPolicy {
    requireNonNull(accessLife, "accessLife");
    requireNonNull(idleTimeout, "idleTimeout");
    requireNonNull(grace, "grace");
    requireNonNull(clockSkew, "clockSkew");
    requireNonNull(lifetime, "lifetime");
    requireWholeSeconds("accessLife", accessLife);
    requireWholeSeconds("idleTimeout", idleTimeout);
    requireWholeSeconds("lifetime", lifetime);
    if (accessLife.compareTo(idleTimeout) >= 0) {
      throw new IllegalArgumentException(
          "accessLife (%s) is not below idleTimeout (%s), so a family would be dead before its client comes to refresh. Lower accessLife or raise idleTimeout."
              .formatted(accessLife, idleTimeout));
    }
    if (idleTimeout.compareTo(lifetime) > 0) {
      throw new IllegalArgumentException(
          "idleTimeout (%s) exceeds lifetime (%s), so it could never take effect. Lower idleTimeout or raise lifetime."
              .formatted(idleTimeout, lifetime));
    }
    if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      throw new IllegalArgumentException(
          "grace (%s) is not from zero to 5 minutes. It is for a reply that was lost, and a thief has it too: seconds are enough."
              .formatted(grace));
    }
    // The longest lifetime and the skew are bounded as those of any sessions are.
    sessions(accessLife, idleTimeout, lifetime, clockSkew);
  }

  /**
   * Access tokens of 10 minutes, families idle 7 days and absolute 30 days, grace 20 seconds, skew
   * 30 seconds.
   */
  public static RefreshPolicy defaults() {
    return new RefreshPolicy(
        Duration.ofMinutes(10),
        Duration.ofDays(7),
        Duration.ofDays(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30));
  }

  /** The same with {@link #accessLife}. */
  public RefreshPolicy withAccessLife(Duration accessLife) {
    return new RefreshPolicy(accessLife, idleTimeout, lifetime, grace, clockSkew);
  }

  /** The same with {@link #idleTimeout} and {@link #lifetime}. */
  public RefreshPolicy withFamily(Duration idleTimeout, Duration lifetime) {
    return new RefreshPolicy(accessLife, idleTimeout, lifetime, grace, clockSkew);
  }

  /** The same with {@link #grace}. */
  public RefreshPolicy withGrace(Duration grace) {
    return new RefreshPolicy(accessLife, idleTimeout, lifetime, grace, clockSkew);
  }

  /** The same with {@link #clockSkew}. */
  public RefreshPolicy withClockSkew(Duration clockSkew) {
    return new RefreshPolicy(accessLife, idleTimeout, lifetime, grace, clockSkew);
  }

  /**
   * The policy of the sessions that access tokens stand for: for the {@code HybridSessions} of the
   * nodes that validate them.
   *
   * <p>Its refusals are kept for as long as a family may idle: so a session that is ended with
   * {@code HybridSessions}, which knows of no families, is not refreshed after that.
   */
  public SessionPolicy access() {
    return sessions(accessLife, idleTimeout, lifetime, clockSkew);
  }

  private static void requireWholeSeconds(String name, Duration value) {
    if (value.getSeconds() < 1 || value.getNano() != 0) {
      throw new IllegalArgumentException(
          "%s (%s) is not whole seconds from 1 s, and a token carries it in seconds. Round it."
              .formatted(name, value));
    }
  }

  private static SessionPolicy sessions(
      Duration idle, Duration refusals, Duration lifetime, Duration skew) {
    return SessionPolicy.builder()
        .idleTimeout(idle)
        .refusalLife(refusals)
        .absoluteLifetime(lifetime)
        .clockSkew(skew)
        .build();
  }
}
