package dev.statewise.memory;

import dev.statewise.spi.StoreUnavailableException;

/** The bound of a store. */
interface Room {

  /** Removes what is worthless, if there is no room. Called before anything is held. */
  void make();

  /**
   * Demands room for one more. Called once it is known that one more is needed, for an admission
   * may free a place itself.
   *
   * @throws StoreUnavailableException if there is none
   */
  void require();
}
