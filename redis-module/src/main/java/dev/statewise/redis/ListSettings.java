package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a revocation list was told in code.
 *
 * @param keys where its keys lie
 * @param clock the node's, for how long a refusal lasts and when a generation begins
 * @param ticker nanoseconds that only go forward, for how long ago something was
 * @param clockSkew by how much the clocks of two nodes may differ
 * @param adopting since when sessions may be good on a server that nobody has used; empty for now
 * @param durable whether the caller vouches that a restart of the server loses nothing
 * @param replicas how many replicas must acknowledge a refusal; zero for none
 * @param acknowledgedWithin how long to wait for them
 * @param acceptingEviction whether the caller accepts that the server may evict
 */
record ListSettings(
    KeySpace keys,
    InstantSource clock,
    LongSupplier ticker,
    Duration clockSkew,
    Optional<Instant> adopting,
    boolean durable,
    int replicas,
    Duration acknowledgedWithin,
    boolean acceptingEviction) {

  static final ListSettings DEFAULT =
      new ListSettings(
          KeySpace.DEFAULT,
          InstantSource.system(),
          System::nanoTime,
          Duration.ofSeconds(30),
          Optional.empty(),
          false,
          0,
          Duration.ZERO,
          false);

  private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int MOST_REPLICAS = 100;

  ListSettings withKeys(KeySpace keys) {
    return new ListSettings(
        keys,
        clock,
        ticker,
        clockSkew,
        adopting,
        durable,
        replicas,
        acknowledgedWithin,
        acceptingEviction);
  }

  ListSettings withClock(InstantSource clock) {
    return new ListSettings(
        keys,
        requireNonNull(clock, "clock"),
        ticker,
        clockSkew,
        adopting,
        durable,
        replicas,
        acknowledgedWithin,
        acceptingEviction);
  }

  ListSettings withTicker(LongSupplier ticker) {
    return new ListSettings(
        keys,
        clock,
        requireNonNull(ticker, "ticker"),
        clockSkew,
        adopting,
        durable,
        replicas,
        acknowledgedWithin,
        acceptingEviction);
  }

  ListSettings withClockSkew(Duration clockSkew) {
    requireNonNull(clockSkew, "clockSkew");
    if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_SKEW) > 0) {
      throw new IllegalArgumentException(
          "clockSkew (%s) is not from zero to 10 minutes. Give what the policy of the sessions has."
              .formatted(clockSkew));
    }
    return new ListSettings(
        keys,
        clock,
        ticker,
        clockSkew,
        adopting,
        durable,
        replicas,
        acknowledgedWithin,
        acceptingEviction);
  }

  ListSettings withAdopting(Instant since) {
    return new ListSettings(
        keys,
        clock,
        ticker,
        clockSkew,
        Optional.of(requireNonNull(since, "since")),
        durable,
        replicas,
        acknowledgedWithin,
        acceptingEviction);
  }

  ListSettings withDurable() {
    return new ListSettings(
        keys,
        clock,
        ticker,
        clockSkew,
        adopting,
        true,
        replicas,
        acknowledgedWithin,
        acceptingEviction);
  }

  ListSettings withAcknowledgement(int replicas, Duration within) {
    requireNonNull(within, "within");
    if (replicas < 1 || replicas > MOST_REPLICAS) {
      throw new IllegalArgumentException(
          "replicas (%d) is not from 1 to %d. Say how many must have a refusal before it is acknowledged."
              .formatted(replicas, MOST_REPLICAS));
    }
    if (within.toMillis() < 1 || within.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "within (%s) is not from 1 ms to 60 s, and 0 would wait for ever. Give what a logout may take."
              .formatted(within));
    }
    return new ListSettings(
        keys, clock, ticker, clockSkew, adopting, durable, replicas, within, acceptingEviction);
  }

  ListSettings withAcceptingEviction() {
    return new ListSettings(
        keys, clock, ticker, clockSkew, adopting, durable, replicas, acknowledgedWithin, true);
  }
}
