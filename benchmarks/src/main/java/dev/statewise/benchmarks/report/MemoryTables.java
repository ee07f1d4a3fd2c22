package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.growth.SessionMemory;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import java.util.ArrayList;
import java.util.List;

/** The tables of E28: what lies on a heap, and what in Redis. */
final class MemoryTables {

  private final Tables tables;

  MemoryTables(Tables tables) {
    this.tables = tables;
  }

  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    place(experiment, "On the heap of a JVM", SessionMemory.HEAP, found);
    place(experiment, "In Redis, by what it says it uses", SessionMemory.REDIS, found);
    return found;
  }

  private void place(Experiment experiment, String caption, String metric, List<Table> found) {
    List<ArmResult> there =
        experiment.arms().stream().filter(arm -> arm.metric(metric).isPresent()).toList();
    if (!there.isEmpty()) {
      found.add(tables.metrics(caption, "arm", there, Tables::note));
    }
  }
}
