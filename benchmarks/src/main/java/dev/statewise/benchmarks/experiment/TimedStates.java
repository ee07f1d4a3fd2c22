package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;

/** The timed half of experiment E26 in its JVMs. */
public final class TimedStates implements Timed {

  @Override
  public Plan plan(Tier tier) {
    return Plan.ofStates(tier);
  }

  @Override
  public TimedTasks tasks(Fork fork) {
    return StateTasks.build(
        fork.arms(), StateSize.of(fork.tier()), fork.servers(), fork.keyPrefix(), fork.pool());
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    return new StateCost(measured.own(), measured.counted(), bootstrap)
        .results(lab.arms(), StateSize.of(lab.tier()), lab.absence());
  }
}
