package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;

/** Experiment E4 in its JVMs. */
public final class TimedRefusals implements Timed {

  @Override
  public Plan plan(Tier tier) {
    return Plan.ofRefusals(tier);
  }

  @Override
  public TimedTasks tasks(Fork fork) {
    return RejectionTasks.build(fork.arms(), fork.servers(), fork.keyPrefix(), fork.pool());
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    return new RejectionCost(measured.own(), bootstrap).results(lab.arms(), lab.absence());
  }
}
