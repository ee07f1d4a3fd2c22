package dev.statewise.spi;

import static dev.statewise.spi.Traits.requireNotNegative;

import java.time.Duration;

/**
 * What a store promises, as data. The front door derives its {@code Guarantees} from it.
 *
 * @param shared whether other processes see the same sessions
 * @param durable whether sessions survive a restart of what holds them
 * @param keepsAcknowledged whether what was acknowledged survives the loss of one server
 * @param staleness how long after a delete {@code find} may still answer; zero if not at all
 * @param maxStateBytes the largest {@code Session.stateBytes()} it takes
 * @param mayEvictLive whether it may drop a live session to make room
 * @param findRoundTrips how many round trips a {@code find} costs; 0 in process
 */
public record StoreTraits(
    boolean shared,
    boolean durable,
    boolean keepsAcknowledged,
    Duration staleness,
    int maxStateBytes,
    boolean mayEvictLive,
    int findRoundTrips) {

  /**
   * @throws IllegalArgumentException if a number or duration is negative
   */
  public StoreTraits {
    requireNotNegative("staleness", staleness);
    requireNotNegative("maxStateBytes", maxStateBytes);
    requireNotNegative("findRoundTrips", findRoundTrips);
  }
}
