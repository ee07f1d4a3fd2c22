package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Server;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is timed side by side in one JVM: all that one is held against the other. {@link
 * Arms#DUPLICATED} and its duplicate are in each group, so that each JVM shows what a difference of
 * nothing looks like; away from home they are guests, whose own cost is not read there.
 */
public enum Group {
  /** Everything, where there is no more than one group. */
  ALL(1),
  /** What reads tokens. */
  TOKENS(4),
  /** What keeps sessions in this process, or copies of them. */
  MEMORY(2),
  /** What asks Redis. */
  REDIS(2),
  /** What asks a database or object storage. */
  DATABASES(1);

  /** In memory, and beside what it is held against on Redis. */
  private static final Set<String> GUESTS = Set.of(Arms.DUPLICATED, "memory");

  private final int weight;

  Group(int weight) {
    this.weight = weight;
  }

  /** Its share of the time, against those of others: tokens are many, and warm up slowly. */
  public int weight() {
    return weight;
  }

  /** Those of {@code arms} that are in it, guests among them, with the variants of tokens. */
  public List<Arm> of(List<Arm> arms) {
    List<Arm> own = arms.stream().filter(arm -> isHomeOf(arm) || isGuest(arm)).toList();
    return this == TOKENS || this == ALL ? Arms.withVariants(own) : own;
  }

  /** Those of {@code peers} that are in it. */
  public List<PeerArm> ofPeers(List<PeerArm> peers) {
    return peers.stream().filter(peer -> this == ALL || homeOf(peer) == this).toList();
  }

  /** Whether anything of the lab is at home in it. */
  boolean hasAny(Lab lab) {
    return this != ALL
        && (lab.arms().stream().anyMatch(this::isHomeOf) || !ofPeers(lab.peers()).isEmpty());
  }

  /** Whether what an arm costs is read in this group. */
  public boolean isHomeOf(Arm arm) {
    return this == ALL || homeOf(arm) == this;
  }

  private boolean isGuest(Arm arm) {
    return GUESTS.contains(arm.name()) && (arm.name().equals(Arms.DUPLICATED) || this == REDIS);
  }

  private static Group homeOf(Arm arm) {
    if (arm.manner() != Manner.STATE) {
      return TOKENS;
    }
    if (arm.asks(Server.REDIS)) {
      return REDIS;
    }
    return arm.name().equals("memory") ? MEMORY : DATABASES;
  }

  private static Group homeOf(PeerArm peer) {
    return peer.signsTokens() ? TOKENS : peer.needsServer() ? REDIS : MEMORY;
  }

  /** As a command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
