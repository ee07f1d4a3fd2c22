package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;
import java.util.stream.Stream;

/** Experiment E1 in its JVMs. */
public final class TimedValidations implements Timed {

  @Override
  public Plan plan(Tier tier) {
    return Plan.of(tier);
  }

  /** {@inheritDoc} One JVM for all where no time is to be read, for starting them is most of it. */
  @Override
  public List<Group> groups(Lab lab) {
    return lab.tier().timesReadable()
        ? Stream.of(Group.values()).filter(group -> group.hasAny(lab)).toList()
        : List.of(Group.ALL);
  }

  @Override
  public TimedTasks tasks(Fork fork) {
    return ValidationTasks.build(
        fork.group(), fork.arms(), fork.peers(), fork.servers(), fork.keyPrefix(), fork.pool());
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    return new ValidationCost(measured.own(), bootstrap)
        .results(Arms.withVariants(lab.arms()), lab.absence(), lab.peers(), lab.peerAbsence());
  }
}
