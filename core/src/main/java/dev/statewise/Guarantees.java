package dev.statewise;

import java.time.Duration;

/**
 * What a strategy on its store or list keeps, as data; the report prints the same record beside
 * what was measured.
 *
 * @param strategy the strategy's name, for messages: {@code memory}, {@code redis}, {@code jwt} …
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

  /**
   * Fails if a requirement is not met; for the line after the construction.
   *
   * @return this
   * @throws UnmetRequirementException naming the first requirement that is not met and the cheapest
   *     strategy that meets it
   */
  public Guarantees require(Requirement... requirements) {
    for (Requirement requirement : requirements) {
      if (!requirement.isMetBy(this)) {
        throw new UnmetRequirementException(requirement, this);
      }
    }
    return this;
  }
}
