package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;

/** An experiment that is timed, in JVMs of its own. */
public interface Timed {

  /**
   * What one of its JVMs has to work with.
   *
   * @param keyPrefix of every key that this JVM writes to a store
   * @param pool how many credentials an arm is shown; a power of two
   * @param number which of them it is, from 1
   */
  record Fork(
      List<Arm> arms,
      List<PeerArm> peers,
      Group group,
      Servers servers,
      String keyPrefix,
      int pool,
      Tier tier,
      int number) {}

  /** How its time is spent at a tier. */
  Plan plan(Tier tier);

  /** What is timed side by side; each group has JVMs of its own. */
  default List<Group> groups(Lab lab) {
    return List.of(Group.ALL);
  }

  /** The flags of its JVMs, beside those of all. A later flag wins. */
  default List<String> flags() {
    return List.of();
  }

  /** Whether the security providers that lie beside the jar are on the class path of its JVMs. */
  default boolean withProviders() {
    return false;
  }

  /** Builds what one JVM times, in that JVM. */
  TimedTasks tasks(Fork fork);

  /** Whether it is measured on every JDK that is found, and not on the one that compares alone. */
  default boolean onEveryJdk() {
    return false;
  }

  /** Turns what its JVMs measured into results; an arm without slices gets its reason. */
  List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap);
}
