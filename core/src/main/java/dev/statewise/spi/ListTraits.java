package dev.statewise.spi;

import static dev.statewise.spi.Traits.requireNotNegative;

import java.time.Duration;

/**
 * What a revocation list promises, as data.
 *
 * <p>Begin with {@link #inProcess} or {@link #sharedByNodes}, which promise as little as such a
 * list can, and say with {@code with…} what more is kept: the constructor grows when a trait is
 * added.
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

  /** In one process, gone with it, never stale. */
  public static ListTraits inProcess() {
    return new ListTraits(false, false, false, Duration.ZERO, 0);
  }

  /** Shared, not durable, never stale, 1 round trip. */
  public static ListTraits sharedByNodes() {
    return new ListTraits(true, false, false, Duration.ZERO, 1);
  }

  /** The same, with {@link #durable}. */
  public ListTraits withDurable(boolean durable) {
    return new ListTraits(shared, durable, keepsAcknowledged, staleness, roundTrips);
  }

  /** The same, with {@link #keepsAcknowledged}. */
  public ListTraits withKeepsAcknowledged(boolean keepsAcknowledged) {
    return new ListTraits(shared, durable, keepsAcknowledged, staleness, roundTrips);
  }

  /** The same, with {@link #staleness}. */
  public ListTraits withStaleness(Duration staleness) {
    return new ListTraits(shared, durable, keepsAcknowledged, staleness, roundTrips);
  }

  /** The same, with {@link #roundTrips}. */
  public ListTraits withRoundTrips(int roundTrips) {
    return new ListTraits(shared, durable, keepsAcknowledged, staleness, roundTrips);
  }
}
