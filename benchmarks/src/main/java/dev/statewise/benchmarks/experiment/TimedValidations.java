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

  @Override
  public List<Group> groups(Lab lab) {
    return Stream.of(Group.values()).filter(group -> group.hasAny(lab)).toList();
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
