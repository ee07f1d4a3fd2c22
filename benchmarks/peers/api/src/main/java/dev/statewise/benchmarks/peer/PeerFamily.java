package dev.statewise.benchmarks.peer;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
   * @param needsServer whether it cannot be opened without a server
   */
  record Kind(String name, String meaning, boolean needsServer) {}

  /** The peers of this family. */
  List<Kind> kinds();

  /**
   * Opens one.
   *
   * @param kind the name of one of {@link #kinds}
   * @param server there if that kind needs one
   * @param keyPrefix of every key that it writes
   * @param clock what it stamps sessions by, where it does not ask its own
   */
  Peer open(String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock);
}
