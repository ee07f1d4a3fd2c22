package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.peer.Peer;
import java.util.List;
import java.util.Map;

/** Puts a peer through the races. It promises nothing in words of ours, so nothing is a finding. */
final class PeerRaces {

  /** A peer says of no ending when it holds everywhere. */
  static final String NO_BOUND = "a peer states no bound";

  private final PeerArm arm;
  private final Servers servers;
  private final String keyPrefix;

  PeerRaces(PeerArm arm, Servers servers, String keyPrefix) {
    this.arm = arm;
    this.servers = servers;
    this.keyPrefix = keyPrefix;
  }

  Map<Order, Tally> run(int races) {
    try (Peer peer = arm.open(servers.redis(), keyPrefix)) {
      PeerContender here = new PeerContender(peer);
      Map<Order, Tally> seen = Course.onOneNode(here, races);
      seen.putAll(onTwoNodes(here, races));
      return seen;
    }
  }

  /** A peer that signs has a key of its own each time that it is opened. */
  private Map<Order, Tally> onTwoNodes(PeerContender here, int races) {
    if (!arm.needsServer() || arm.signsTokens()) {
      return new OtherNode(here, here, NewsLine.direct(servers), Unbound.NEVER).run(races);
    }
    try (NewsLine line = NewsLine.to(servers);
        Peer there = arm.open(line.servers().redis(), keyPrefix)) {
      return new OtherNode(here, new PeerContender(there), line, Unbound.NEVER).run(races);
    }
  }

  /** What has been told is all there is to go by. */
  private enum Unbound implements OtherNode.Bound {
    NEVER;

    @Override
    public boolean promisesToBeNear() {
      return false;
    }

    @Override
    public boolean isKnown() {
      return false;
    }

    @Override
    public void pass(Contender there, List<String> credentials) {}
  }
}
