package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.peer.Peer;

/** Sessions of a peer, each of a subject of its own. */
final class PeerLoad implements Load {

  private static final int FIRST = 64;

  private final Peer peer;
  private final SessionState state;
  private int next;

  /**
   * @param peer closed with this
   */
  PeerLoad(Peer peer, SessionState state) {
    this.peer = peer;
    this.state = state;
  }

  @Override
  public void warmUp() {
    for (int i = 0; i < FIRST; i++) {
      peer.request(open());
    }
  }

  @Override
  public int hold(int count) {
    for (int i = 0; i < count; i++) {
      open();
    }
    return count;
  }

  private String open() {
    return peer.open("user-%05d".formatted(next++), state.attributes());
  }

  @Override
  public void close() {
    peer.close();
  }
}
