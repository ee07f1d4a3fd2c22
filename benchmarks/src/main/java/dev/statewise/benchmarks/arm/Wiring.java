package dev.statewise.benchmarks.arm;

import dev.statewise.SessionPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What an arm is built with.
 *
 * @param redis where its Redis is, if there is one
 * @param keyPrefix of every key that it writes there; no other arm has it
 * @param staleness of what an arm keeps near it
 */
public record Wiring(
    SessionPolicy policy,
    InstantSource clock,
    Optional<RedisAddress> redis,
    String keyPrefix,
    Duration staleness) {

  /** How long after an ending an arm that keeps something near it may accept, by default. */
  public static final Duration STALENESS = Duration.ofSeconds(5);

  /** What an arm is built with, and the default staleness. */
  public Wiring(
      SessionPolicy policy, InstantSource clock, Optional<RedisAddress> redis, String keyPrefix) {
    this(policy, clock, redis, keyPrefix, STALENESS);
  }

  /** The server, which must be there. */
  RedisAddress requireRedis() {
    return redis.orElseThrow(
        () -> new IllegalStateException("This arm needs a Redis and was given none."));
  }
}
