package dev.statewise.benchmarks.peer.tomcat;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tomcat's own manager of sessions, without the server around it. */
public final class TomcatFamily implements PeerFamily {

  private static final String NAME = "peer-tomcat";

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(
            NAME,
            "Tomcat's StandardManager without its server and its file: find, access, endAccess; nothing is copied",
            false));
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    if (!kind.equals(NAME)) {
      throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    }
    return new TomcatPeer(clock);
  }
}
