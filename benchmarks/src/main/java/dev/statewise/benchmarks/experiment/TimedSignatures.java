package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;

/** Experiment E2 in its JVMs, on every JDK. */
public final class TimedSignatures implements Timed {

  @Override
  public Plan plan(Tier tier) {
    return Plan.ofSignatures(tier);
  }

  @Override
  public boolean onEveryJdk() {
    return true;
  }

  @Override
  public boolean withProviders() {
    return true;
  }

  @Override
  public TimedTasks tasks(Fork fork) {
    return new ProviderTasks();
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    return new ProviderCost(measured.byJdk(), bootstrap).results();
  }
}
