package dev.statewise;

import dev.statewise.spi.ListTraits;
import dev.statewise.spi.StoreTraits;
import java.time.Duration;

/**
 * What a strategy on its store or list keeps, as data; the report prints the same record beside
 * what was measured.
 *
 * @param strategy the strategy in words, for messages
 * @param endsWithin after an ending every node refuses the credential at the latest after this
 * @param survivesNodeLoss whether sessions outlive the node that opened them
 * @param sharedByNodes whether any node accepts a session that another opened
 * @param holdsServerState whether the state is on the server, and so cannot be replayed
 * @param detectsConflicts whether of two saves from the same version one is told so
 * @param refusesOldState whether an older state, once superseded, is refused
 * @param listsBySubject whether {@code list} answers
 * @param keepsLimit whether a limit of sessions a subject can be kept
 * @param keepsAcknowledged whether what was acknowledged survives the loss of one server
 * @param mayEvictLive whether a live session may be dropped to make room
 * @param idlePrecision by how much the effective idle timeout may be shorter than the setting
 * @param storeRoundTrips how many round trips a validation costs that touches nothing
 * @param largestState the largest {@code Session.stateBytes()}, or the largest token, in bytes
 */
public record Guarantees(
    String strategy,
    Duration endsWithin,
    boolean survivesNodeLoss,
    boolean sharedByNodes,
    boolean holdsServerState,
    boolean detectsConflicts,
    boolean refusesOldState,
    boolean listsBySubject,
    boolean keepsLimit,
    boolean keepsAcknowledged,
    boolean mayEvictLive,
    Duration idlePrecision,
    int storeRoundTrips,
    int largestState) {

  private static final Duration TOKEN_PRECISION = Duration.ofSeconds(1);

  static Guarantees of(StoreTraits store, boolean listsBySubject, SessionPolicy policy) {
    return new Guarantees(
        store.shared() ? "stateful, shared" : "stateful, in process",
        store.staleness(),
        store.shared(),
        store.shared(),
        true,
        true,
        true,
        listsBySubject,
        listsBySubject,
        store.keepsAcknowledged(),
        store.mayEvictLive(),
        policy.touchAfter(),
        store.findRoundTrips(),
        store.maxStateBytes());
  }

  /** Tokens alone. Whoever has a token can renew it until its session's absolute end. */
  static Guarantees ofTokens(int maxTokenBytes, SessionPolicy policy) {
    return new Guarantees(
        "stateless",
        policy.absoluteLifetime(),
        true,
        true,
        false,
        false,
        false,
        false,
        false,
        true,
        false,
        policy.touchAfter().plus(TOKEN_PRECISION),
        0,
        maxTokenBytes);
  }

  /** A list that is not shared is no use to a second node, and is lost with the first. */
  static Guarantees ofTokens(
      int maxTokenBytes, ListTraits list, boolean replayGuard, SessionPolicy policy) {
    return new Guarantees(
        list.shared() ? "hybrid" : "hybrid, list in process",
        list.staleness(),
        list.shared(),
        list.shared(),
        false,
        replayGuard,
        replayGuard,
        false,
        false,
        list.keepsAcknowledged(),
        false,
        policy.touchAfter().plus(TOKEN_PRECISION),
        list.roundTrips(),
        maxTokenBytes);
  }

  /**
   * Fails if a requirement is not met; for the line after the construction.
   *
   * @return this
   * @throws UnmetRequirementException naming the first requirement that is not met and the cheapest
   *     strategy that meets them all
   */
  public Guarantees require(Requirement... requirements) {
    for (Requirement requirement : requirements) {
      if (!requirement.isMetBy(this)) {
        throw new UnmetRequirementException(requirement, this, requirements);
      }
    }
    return this;
  }
}
