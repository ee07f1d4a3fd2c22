package dev.statewise;

import static java.util.Objects.requireNonNull;

import dev.statewise.spi.Overflow;
import java.time.Duration;
import java.util.Optional;

/**
 * How long sessions live and how many a subject may have. Valid once built.
 *
 * <p>Presets: {@link #defaults}, {@link #aal2} and {@link #aal3}. For anything else begin with
 * {@link #builder}.
 */
public final class SessionPolicy {

  /**
   * How many live sessions a subject may have.
   *
   * @param max from 1
   * @param overflow what happens to one more
   */
  public record Limit(int max, Overflow overflow) {
    public Limit {
      requireNonNull(overflow, "overflow");
      if (max < 1) {
        throw new IllegalArgumentException(
            "max (%d) is below 1, so nobody could log in. Leave the limit out for no limit."
                .formatted(max));
      }
    }
  }

  private final Duration idleTimeout;
  private final Duration maxIdleTimeout;
  private final Duration refusalLife;
  private final Duration absoluteLifetime;
  private final Duration touchAfter;
  private final Duration clockSkew;
  private final Optional<Limit> limit;

  private SessionPolicy(Builder builder) {
    idleTimeout = builder.idleTimeout;
    maxIdleTimeout = builder.maxIdleTimeout.orElse(idleTimeout);
    refusalLife = builder.refusalLife.orElse(maxIdleTimeout);
    absoluteLifetime = builder.absoluteLifetime;
    touchAfter = builder.touchAfter.orElse(idleTimeout.dividedBy(8));
    clockSkew = builder.clockSkew;
    limit = builder.limit;
    requireWholeSeconds("idleTimeout", idleTimeout);
    requireWholeSeconds("maxIdleTimeout", maxIdleTimeout);
    requireWholeSeconds("refusalLife", refusalLife);
    requireWholeSeconds("absoluteLifetime", absoluteLifetime);
    requireOrder("idleTimeout", idleTimeout, "absoluteLifetime", absoluteLifetime);
    requireOrder("idleTimeout", idleTimeout, "maxIdleTimeout", maxIdleTimeout);
    requireOrder("maxIdleTimeout", maxIdleTimeout, "absoluteLifetime", absoluteLifetime);
    requireOrder("maxIdleTimeout", maxIdleTimeout, "refusalLife", refusalLife);
    requireOrder("refusalLife", refusalLife, "absoluteLifetime", absoluteLifetime);
    requireTouchBelowIdle();
    if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "clockSkew (%s) is not from zero to 10 minutes. Mend the clocks of the nodes instead of allowing for more."
              .formatted(clockSkew));
    }
  }

  /** Idle 30 minutes, absolute 12 hours, touched after an eighth of the idle timeout, no limit. */
  public static SessionPolicy defaults() {
    return builder().build();
  }

  /** NIST SP 800-63B-4 at AAL2: idle 1 hour, absolute 24 hours. */
  public static SessionPolicy aal2() {
    return builder()
        .idleTimeout(Duration.ofHours(1))
        .absoluteLifetime(Duration.ofHours(24))
        .build();
  }

  /** NIST SP 800-63B-4 at AAL3: idle 15 minutes, absolute 12 hours. */
  public static SessionPolicy aal3() {
    return builder()
        .idleTimeout(Duration.ofMinutes(15))
        .absoluteLifetime(Duration.ofHours(12))
        .build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How long a new session may idle. Whole seconds. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /**
   * The longest idle timeout that a session may be given. By default {@link #idleTimeout}.
   *
   * <p>A revocation list keeps a refusal for at least this long, so <b>all nodes that share a list
   * must have the same</b>. To lower it, first lower {@code idleTimeout} alone, and this only after
   * as long as it was: by then no token is left that lives longer than its refusal.
   */
  public Duration maxIdleTimeout() {
    return maxIdleTimeout;
  }

  /**
   * For how long a revocation list keeps a refusal, apart from what it adds for clocks and its own
   * staleness: from {@link #maxIdleTimeout}, which is the default, to {@link #absoluteLifetime}.
   *
   * <p>Longer is for what brings new tokens of a session whose last one is over, such as a refresh
   * token: the refusal must outlast that too. It makes no token live longer. <b>All nodes that
   * share a list must have the same.</b>
   */
  public Duration refusalLife() {
    return refusalLife;
  }

  /** How long a session lives however busy it is. Whole seconds. */
  public Duration absoluteLifetime() {
    return absoluteLifetime;
  }

  /**
   * A session in a store that was last seen longer ago than this is touched. So its effective idle
   * timeout is between {@code idleTimeout - touchAfter} and {@code idleTimeout}.
   *
   * <p>A token is not touched: it is renewed in the last third of its life, whatever this is. What
   * that makes of the idle timeout says {@link Guarantees#idlePrecision}; {@link
   * Requirement#idlePreciseTo} insists on it.
   */
  public Duration touchAfter() {
    return touchAfter;
  }

  /** How far the clocks of two nodes may be apart. By default 30 seconds. */
  public Duration clockSkew() {
    return clockSkew;
  }

  /** How many live sessions a subject may have; empty for any number. */
  public Optional<Limit> limit() {
    return limit;
  }

  @Override
  public String toString() {
    return "SessionPolicy[idle %s, at most %s, refusals %s, lifetime %s, touch after %s, skew %s, %s]"
        .formatted(
            idleTimeout,
            maxIdleTimeout,
            refusalLife,
            absoluteLifetime,
            touchAfter,
            clockSkew,
            limit.map(Limit::toString).orElse("no limit"));
  }

  private void requireTouchBelowIdle() {
    if (touchAfter.isNegative()) {
      throw new IllegalArgumentException(
          "touchAfter (%s) is negative. Say zero to touch at every request.".formatted(touchAfter));
    }
    if (touchAfter.compareTo(idleTimeout) >= 0) {
      throw new IllegalArgumentException(
          "touchAfter (%s) is not below idleTimeout (%s), so a busy session would die between touches. Lower touchAfter."
              .formatted(touchAfter, idleTimeout));
    }
  }

  private static void requireWholeSeconds(String name, Duration value) {
    if (value.getSeconds() < 1) {
      throw new IllegalArgumentException(
          "%s (%s) is below 1 s, so no session would live. Raise it.".formatted(name, value));
    }
    if (value.getNano() != 0) {
      throw new IllegalArgumentException(
          "%s (%s) is not whole seconds, and a token carries it in seconds. Round it."
              .formatted(name, value));
    }
    if (value.compareTo(Duration.ofDays(3650)) > 0) {
      throw new IllegalArgumentException(
          "%s (%s) is above 3,650 days; a session is not a place to keep anything that long. Lower it."
              .formatted(name, value));
    }
  }

  private static void requireOrder(String low, Duration lower, String high, Duration higher) {
    if (lower.compareTo(higher) > 0) {
      throw new IllegalArgumentException(
          "%s (%s) exceeds %s (%s), so it could never take effect. Lower %s or raise %s."
              .formatted(low, lower, high, higher, low, high));
    }
  }

  /** Collects settings; nothing is checked before {@link #build}. Not thread-safe. */
  public static final class Builder {
    private Duration idleTimeout = Duration.ofMinutes(30);
    private Optional<Duration> maxIdleTimeout = Optional.empty();
    private Optional<Duration> refusalLife = Optional.empty();
    private Duration absoluteLifetime = Duration.ofHours(12);
    private Optional<Duration> touchAfter = Optional.empty();
    private Duration clockSkew = Duration.ofSeconds(30);
    private Optional<Limit> limit = Optional.empty();

    private Builder() {}

    /** See {@link SessionPolicy#idleTimeout}. */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = requireNonNull(idleTimeout, "idleTimeout");
      return this;
    }

    /** See {@link SessionPolicy#maxIdleTimeout}. */
    public Builder maxIdleTimeout(Duration maxIdleTimeout) {
      this.maxIdleTimeout = Optional.of(requireNonNull(maxIdleTimeout, "maxIdleTimeout"));
      return this;
    }

    /** See {@link SessionPolicy#refusalLife}. */
    public Builder refusalLife(Duration refusalLife) {
      this.refusalLife = Optional.of(requireNonNull(refusalLife, "refusalLife"));
      return this;
    }

    /** See {@link SessionPolicy#absoluteLifetime}. */
    public Builder absoluteLifetime(Duration absoluteLifetime) {
      this.absoluteLifetime = requireNonNull(absoluteLifetime, "absoluteLifetime");
      return this;
    }

    /** See {@link SessionPolicy#touchAfter}. */
    public Builder touchAfter(Duration touchAfter) {
      this.touchAfter = Optional.of(requireNonNull(touchAfter, "touchAfter"));
      return this;
    }

    /** See {@link SessionPolicy#clockSkew}. */
    public Builder clockSkew(Duration clockSkew) {
      this.clockSkew = requireNonNull(clockSkew, "clockSkew");
      return this;
    }

    /** See {@link SessionPolicy#limit}. */
    public Builder limit(int max, Overflow overflow) {
      this.limit = Optional.of(new Limit(max, overflow));
      return this;
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException naming the value that cannot be, what it means and what to
     *     do
     */
    public SessionPolicy build() {
      return new SessionPolicy(this);
    }
  }
}
