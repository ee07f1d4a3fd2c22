package dev.statewise.spi;

/** What became of a refusal that was added to a {@link RevocationList}. */
public enum Acknowledgement {
  /** This call raised the floor. Of several that set the same floor, exactly one is told so. */
  RAISED,
  /** The floor was there already, or higher. It lasts to the later of both instants. */
  ALREADY,
  /** Written, but not acknowledged by the replicas that were asked for. */
  UNCONFIRMED
}
