package dev.statewise.benchmarks.peer;

import java.util.List;

/**
 * The peers of one library, and the only class that is looked up in a peer's class loader, as a
 * service.
 */
public interface PeerFamily {

  /**
   * A peer as the report names it.
   *
   * @param name begins with {@code peer-}
   * @param meaning what it is and what a validation of it does, in a sentence's part
   */
  record Kind(String name, String meaning) {}

  /** The peers of this family. */
  List<Kind> kinds();

  /**
   * Opens one.
   *
   * @param kind the name of one of {@link #kinds}
   * @param keyPrefix of every key that it writes
   */
  Peer open(String kind, PeerServer server, String keyPrefix);
}
