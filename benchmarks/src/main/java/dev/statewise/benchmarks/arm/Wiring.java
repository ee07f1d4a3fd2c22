package dev.statewise.benchmarks.arm;

import dev.statewise.SessionPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an arm is built with.
 *
 * @param redis where its Redis is, if there is one
 * @param keyPrefix of every key that it writes there; no other arm has it
 * @param staleness of what an arm keeps near it
 * @param largestState how many bytes of state a store is told to take; its own default if empty
 */
public record Wiring(
    SessionPolicy policy,
    InstantSource clock,
    Optional<RedisAddress> redis,
    String keyPrefix,
    Duration staleness,
    OptionalInt largestState) {

  /** How long after an ending an arm that keeps something near it may accept, by default. */
  public static final Duration STALENESS = Duration.ofSeconds(5);

  /** What an arm is built with, and defaults. */
  public Wiring(
      SessionPolicy policy, InstantSource clock, Optional<RedisAddress> redis, String keyPrefix) {
    this(policy, clock, redis, keyPrefix, STALENESS, OptionalInt.empty());
  }

  /** The same under another policy, by another clock. */
  Wiring with(SessionPolicy otherPolicy, InstantSource otherClock) {
    return new Wiring(otherPolicy, otherClock, redis, keyPrefix, staleness, largestState);
  }

  /** The same with another {@link #staleness}. */
  public Wiring withStaleness(Duration other) {
    return new Wiring(policy, clock, redis, keyPrefix, other, largestState);
  }

  /** The same for state of up to so many bytes. */
  public Wiring withLargestState(int bytes) {
    return new Wiring(policy, clock, redis, keyPrefix, staleness, OptionalInt.of(bytes));
  }

  /** The server, which must be there. */
  RedisAddress requireRedis() {
    return redis.orElseThrow(
        () -> new IllegalStateException("This arm needs a Redis and was given none."));
  }
}
