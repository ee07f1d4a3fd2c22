package dev.statewise.spi;

import dev.statewise.session.Ending;
import java.time.Duration;

/** What became of a refusal that was added to a {@link RevocationList}. */
public enum Acknowledgement {
  /** This call raised the floor. Of several that set the same floor, exactly one is told so. */
  RAISED,
  /** The floor was there already, or higher. It lasts to the later of both instants. */
  ALREADY,
  /** Written, but not acknowledged by the replicas that were asked for. */
  UNCONFIRMED;

  /**
   * What a front door says of the session that was refused.
   *
   * @param staleness of the list
   */
  public Ending asEnding(Duration staleness) {
    return switch (this) {
      case RAISED -> new Ending.Ended(true, staleness);
      case ALREADY -> new Ending.Ended(false, staleness);
      case UNCONFIRMED ->
          new Ending.Unconfirmed(
              staleness,
              "The refusal was written and not acknowledged by the replicas that were asked for; a failover now could lose it. End the session again.");
    };
  }
}
