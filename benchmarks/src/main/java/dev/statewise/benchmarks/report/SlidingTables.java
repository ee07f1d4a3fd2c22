package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.economics.SlidingExpiry;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import java.util.List;

/** The table of E27: what requests ask of a store, and what is traded for asking less. */
final class SlidingTables {

  private final Tables tables;

  SlidingTables(Tables tables) {
    this.tables = tables;
  }

  List<Table> of(Experiment experiment) {
    return List.of(
        tables.metrics(
            "What 1,000 requests of one session ask of the store",
            "arm",
            experiment.arms(),
            SlidingTables::note));
  }

  private static String note(ArmResult arm) {
    return "requests " + arm.params().getOrDefault(SlidingExpiry.PACE, "");
  }
}
