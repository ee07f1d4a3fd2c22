package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.PeerArm;
import java.util.List;
import java.util.Locale;

/**
 * What is timed side by side in one JVM: all that one is held against the other. {@link
 * Arms#DUPLICATED} and its duplicate are in each group, so that each JVM shows what a difference of
 * nothing looks like.
 */
public enum Group {
  /** What reads tokens. */
  TOKENS(2),
  /** What asks a store. */
  STORES(1);

  private final int weight;

  Group(int weight) {
    this.weight = weight;
  }

  /** Its share of the time, against those of others: tokens are many, and warm up slowly. */
  public int weight() {
    return weight;
  }

  /** Those of {@code arms} that are in it, with the variants of tokens. */
  public List<Arm> of(List<Arm> arms) {
    List<Arm> own = arms.stream().filter(this::has).toList();
    return this == TOKENS ? Arms.withVariants(own) : own;
  }

  /** Those of {@code peers} that are in it. */
  public List<PeerArm> ofPeers(List<PeerArm> peers) {
    return peers.stream().filter(peer -> peer.signsTokens() == (this == TOKENS)).toList();
  }

  private boolean has(Arm arm) {
    boolean readsTokens = arm.manner() != Manner.STATE;
    return readsTokens == (this == TOKENS) || arm.name().equals(Arms.DUPLICATED);
  }

  /** As a command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
