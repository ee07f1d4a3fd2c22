package dev.statewise.spi;

import static dev.statewise.spi.Traits.requireNotNegative;

import java.time.Duration;

/**
 * What a store promises, as data. The front door derives its {@code Guarantees} from it.
 *
 * <p>Begin with {@link #inProcess} or {@link #sharedByNodes}, which promise as little as such a
 * store can, and say with {@code with…} what more is kept: the constructor grows when a trait is
 * added.
 *
 * @param shared whether other processes see the same sessions
 * @param durable whether sessions survive a restart of what holds them
 * @param keepsAcknowledged whether what was acknowledged survives the loss of one server
 * @param staleness how long after a delete {@code find} may still answer; zero if not at all
 * @param maxStateBytes the largest {@code Session.stateBytes()} it takes
 * @param mayEvictLive whether it may drop a live session to make room
 * @param findRoundTrips how many round trips a {@code find} costs; 0 in process. Of a store that
 *     keeps copies, what the find of a copied session costs, which is 0: the first find of a
 *     session, and one each {@link #staleness}, still asks the source
 */
public record StoreTraits(
    boolean shared,
    boolean durable,
    boolean keepsAcknowledged,
    Duration staleness,
    int maxStateBytes,
    boolean mayEvictLive,
    int findRoundTrips) {

  private static final int MEBIBYTE = 1 << 20;

  /**
   * @throws IllegalArgumentException if a number or duration is negative
   */
  public StoreTraits {
    requireNotNegative("staleness", staleness);
    requireNotNegative("maxStateBytes", maxStateBytes);
    requireNotNegative("findRoundTrips", findRoundTrips);
  }

  /** In one process, gone with it, never stale, states up to 1 MiB, nothing evicted. */
  public static StoreTraits inProcess() {
    return new StoreTraits(false, false, false, Duration.ZERO, MEBIBYTE, false, 0);
  }

  /** Shared, not durable, never stale, states up to 1 MiB, nothing evicted, 1 round trip. */
  public static StoreTraits sharedByNodes() {
    return new StoreTraits(true, false, false, Duration.ZERO, MEBIBYTE, false, 1);
  }

  /** The same, with {@link #durable}. */
  public StoreTraits withDurable(boolean durable) {
    return new StoreTraits(
        shared, durable, keepsAcknowledged, staleness, maxStateBytes, mayEvictLive, findRoundTrips);
  }

  /** The same, with {@link #keepsAcknowledged}. */
  public StoreTraits withKeepsAcknowledged(boolean keepsAcknowledged) {
    return new StoreTraits(
        shared, durable, keepsAcknowledged, staleness, maxStateBytes, mayEvictLive, findRoundTrips);
  }

  /** The same, with {@link #staleness}. */
  public StoreTraits withStaleness(Duration staleness) {
    return new StoreTraits(
        shared, durable, keepsAcknowledged, staleness, maxStateBytes, mayEvictLive, findRoundTrips);
  }

  /** The same, with {@link #maxStateBytes}. */
  public StoreTraits withMaxStateBytes(int maxStateBytes) {
    return new StoreTraits(
        shared, durable, keepsAcknowledged, staleness, maxStateBytes, mayEvictLive, findRoundTrips);
  }

  /** The same, with {@link #mayEvictLive}. */
  public StoreTraits withMayEvictLive(boolean mayEvictLive) {
    return new StoreTraits(
        shared, durable, keepsAcknowledged, staleness, maxStateBytes, mayEvictLive, findRoundTrips);
  }

  /** The same, with {@link #findRoundTrips}. */
  public StoreTraits withFindRoundTrips(int findRoundTrips) {
    return new StoreTraits(
        shared, durable, keepsAcknowledged, staleness, maxStateBytes, mayEvictLive, findRoundTrips);
  }
}
