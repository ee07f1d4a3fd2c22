package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.peer.Peer;

/** A session of a peer, which keeps its own time: its requests come one upon the other. */
final class PeerSliding implements Sliding {

  private final Peer peer;
  private final String id;

  PeerSliding(Peer peer) {
    this.peer = peer;
    this.id = peer.open(Profile.SUBJECT, Profile.TYP.attributes());
  }

  @Override
  public void request() {
    if (peer.request(id) < 0) {
      throw new IllegalStateException("The peer did not find a session that it had just opened.");
    }
  }

  @Override
  public double endsTooEarlyBy() {
    return 0;
  }

  @Override
  public void close() {
    peer.close();
  }
}
