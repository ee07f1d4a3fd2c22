package dev.statewise.benchmarks.peer.jetty;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Jetty's own sessions, in a server that listens nowhere. */
public final class JettyFamily implements PeerFamily {

  private static final String NAME = "peer-jetty";

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(
            NAME,
            "Jetty's DefaultSessionCache on a NullSessionDataStore, in a server that listens nowhere: get, access, commit, complete; nothing is copied",
            false));
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    if (!kind.equals(NAME)) {
      throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    }
    return new JettyPeer(clock);
  }
}
