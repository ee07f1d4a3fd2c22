package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.rig.Tier;
import java.util.List;
import java.util.Optional;

/** Labs for tests, in which nobody is absent. */
public final class Labs {

  private Labs() {}

  /** One of tier smoke, without peers. */
  public static Lab of(List<Arm> arms, Servers servers) {
    return of(arms, List.of(), servers, Tier.SMOKE);
  }

  /** One with everything. */
  public static Lab of(List<Arm> arms, List<PeerArm> peers, Servers servers, Tier tier) {
    return new Lab(
        arms,
        peers,
        servers,
        "test:",
        tier,
        1,
        arm -> Optional.empty(),
        peer -> Optional.empty(),
        () -> false,
        step -> {});
  }
}
