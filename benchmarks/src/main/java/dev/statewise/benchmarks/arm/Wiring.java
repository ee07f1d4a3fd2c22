package dev.statewise.benchmarks.arm;

import dev.statewise.SessionPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an arm is built with.
 *
 * @param servers where the servers are that it may ask
 * @param keyPrefix of every key that it writes there; no other arm has it
 * @param staleness of what an arm keeps near it
 * @param largestState how many bytes of state a store is told to take; its own default if empty
 * @param asked is told of each statement, if anybody wants to know
 */
public record Wiring(
    SessionPolicy policy,
    InstantSource clock,
    Servers servers,
    String keyPrefix,
    Duration staleness,
    OptionalInt largestState,
    Optional<Asked> asked) {

  /** How long after an ending an arm that keeps something near it may accept, by default. */
  public static final Duration STALENESS = Duration.ofSeconds(5);

  /** What an arm is built with, and defaults. */
  public Wiring(SessionPolicy policy, InstantSource clock, Servers servers, String keyPrefix) {
    this(policy, clock, servers, keyPrefix, STALENESS, OptionalInt.empty(), Optional.empty());
  }

  /** The same under another policy, by another clock. */
  Wiring with(SessionPolicy otherPolicy, InstantSource otherClock) {
    return new Wiring(otherPolicy, otherClock, servers, keyPrefix, staleness, largestState, asked);
  }

  /** The same with another {@link #staleness}. */
  public Wiring withStaleness(Duration other) {
    return new Wiring(policy, clock, servers, keyPrefix, other, largestState, asked);
  }

  /** The same on a way of its own to the servers, as another node has one. */
  public Wiring withServers(Servers others) {
    return new Wiring(policy, clock, others, keyPrefix, staleness, largestState, asked);
  }

  /** The same for state of up to so many bytes. */
  public Wiring withLargestState(int bytes) {
    return new Wiring(policy, clock, servers, keyPrefix, staleness, OptionalInt.of(bytes), asked);
  }

  /** The same, with a count of what is asked. */
  public Wiring counting(Asked counter) {
    return new Wiring(
        policy, clock, servers, keyPrefix, staleness, largestState, Optional.of(counter));
  }
}
