package dev.statewise.benchmarks.run;

import dev.statewise.Guarantees;

/**
 * What an arm guarantees, as its {@link Guarantees} say it; durations in ISO 8601.
 *
 * @param arm the arm's name
 */
public record Strategy(
    String arm,
    String strategy,
    String endsWithin,
    boolean survivesNodeLoss,
    boolean survivesRestart,
    boolean sharedByNodes,
    boolean holdsServerState,
    boolean detectsConflicts,
    boolean refusesOldState,
    boolean listsBySubject,
    boolean keepsLimit,
    boolean keepsAcknowledged,
    boolean mayEvictLive,
    String idlePrecision,
    int storeRoundTrips,
    int largestState) {

  /** What {@code guarantees} say of {@code arm}. */
  public static Strategy of(String arm, Guarantees guarantees) {
    return new Strategy(
        arm,
        guarantees.strategy(),
        guarantees.endsWithin().toString(),
        guarantees.survivesNodeLoss(),
        guarantees.survivesRestart(),
        guarantees.sharedByNodes(),
        guarantees.holdsServerState(),
        guarantees.detectsConflicts(),
        guarantees.refusesOldState(),
        guarantees.listsBySubject(),
        guarantees.keepsLimit(),
        guarantees.keepsAcknowledged(),
        guarantees.mayEvictLive(),
        guarantees.idlePrecision().toString(),
        guarantees.storeRoundTrips(),
        guarantees.largestState());
  }
}
