package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.rig.Task;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/** Makes one request with one session of a peer after another, as {@link Validating} does ours. */
final class PeerRequests implements Task.Body {

  private final Peer peer;
  private final String[] pool;

  /**
   * @param size how many sessions, in another order than they were opened in; a power of two
   */
  PeerRequests(Peer peer, int size) {
    this.peer = peer;
    this.pool = new String[size];
    for (int i = 0; i < size; i++) {
      pool[i] = peer.open("user-%05d".formatted(i), Profile.TYP.attributes());
    }
    Collections.shuffle(Arrays.asList(pool), new Random(size));
  }

  @Override
  public int once(int index) {
    try {
      return peer.request(pool[index & (pool.length - 1)]);
    } catch (RuntimeException e) {
      return -1;
    }
  }

  /** What identifies the state that the first session carries: every arm must carry the same. */
  String payloadHash() {
    return Validating.hashOf(peer.attributes(pool[0]).orElseThrow());
  }
}
