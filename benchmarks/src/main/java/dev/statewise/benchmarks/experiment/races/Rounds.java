package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.rig.Tier;
import java.util.Set;

/** How often a race is provoked: less often the longer a step of it takes. */
final class Rounds {

  /** Each order of a race from both sides. */
  private static final int LEAST = 6;

  /** Each order of a race. */
  private static final int LEAST_OF_SLOWEST = 3;

  private static final int SLOWER = 5;
  private static final int SLOWEST = 20;

  private static final Set<String> SIGN_SLOWLY = Set.of("jwt-rs256", "jwt-es256", "jwt-ed25519");

  private Rounds() {}

  static int of(Arm arm, Tier tier) {
    boolean slowest = arm.asks(Server.S3) || SIGN_SLOWLY.contains(arm.name());
    boolean slower = arm.needs().isPresent() || arm.name().startsWith("jdbc-");
    return part(slowest ? SLOWEST : slower ? SLOWER : 1, tier);
  }

  /** There are many of them. */
  static int ofPeer(Tier tier) {
    return part(SLOWER, tier);
  }

  private static int part(int slower, Tier tier) {
    return Math.max(slower == SLOWEST ? LEAST_OF_SLOWEST : LEAST, all(tier) / slower);
  }

  private static int all(Tier tier) {
    return switch (tier) {
      case SMOKE -> 20;
      case QUICK -> 200;
      case STANDARD, FULL -> 1_000;
    };
  }
}
