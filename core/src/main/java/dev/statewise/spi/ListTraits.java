package dev.statewise.spi;

import static dev.statewise.spi.Traits.requireNotNegative;

import java.time.Duration;

/**
 * What a revocation list promises, as data.
 *
 * @param shared whether other processes see the same refusals
 * @param durable whether refusals survive a restart of what holds them
 * @param keepsAcknowledged whether what was acknowledged survives the loss of one server
 * @param staleness how long after a refusal was acknowledged {@code isRefused} may still say no
 * @param roundTrips how many round trips {@code isRefused} costs; 0 in process
 */
public record ListTraits(
    boolean shared,
    boolean durable,
    boolean keepsAcknowledged,
    Duration staleness,
    int roundTrips) {

  /**
   * @throws IllegalArgumentException if a number or duration is negative
   */
  public ListTraits {
    requireNotNegative("staleness", staleness);
    requireNotNegative("roundTrips", roundTrips);
  }
}
