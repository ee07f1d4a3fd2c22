package dev.statewise.benchmarks.arm;

import dev.statewise.SessionPolicy;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What an arm is built with.
 *
 * @param redis where its Redis is, if there is one
 * @param keyPrefix of every key that it writes there; no other arm has it
 */
public record Wiring(
    SessionPolicy policy, InstantSource clock, Optional<RedisAddress> redis, String keyPrefix) {

  /** The server, which must be there. */
  RedisAddress requireRedis() {
    return redis.orElseThrow(
        () -> new IllegalStateException("This arm needs a Redis and was given none."));
  }
}
