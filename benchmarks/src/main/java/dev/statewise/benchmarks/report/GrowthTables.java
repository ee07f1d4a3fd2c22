package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.growth.LookupCost;
import dev.statewise.benchmarks.experiment.growth.TokenSizeCost;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tables of E3 and E5: a row an arm, a column a size. */
final class GrowthTables {

  private final Tables tables;

  GrowthTables(Tables tables) {
    this.tables = tables;
  }

  /** One a value by what a token carries, and one of the lines through them. */
  List<Table> ofTokens(Experiment experiment) {
    Predicate<ArmResult> sized = arm -> arm.params().containsKey(TokenSizeCost.PROFILE);
    List<Table> found = new ArrayList<>();
    found.add(
        pivot(
            experiment,
            "CPU of a validation by what a token carries, ns (CPU)",
            TokenSizeCost.PROFILE,
            sized,
            "cpu"));
    found.add(
        pivot(
            experiment,
            "The same to its floor, × (PAIRED)",
            TokenSizeCost.PROFILE,
            sized.and(arm -> arm.metric("ratioToFloor").isPresent()),
            "ratioToFloor"));
    found.add(pivot(experiment, "Allocated by it, B (CPU)", TokenSizeCost.PROFILE, sized, "alloc"));
    found.add(
        tables.metrics(
            "The straight line through the sizes",
            "arm",
            experiment.arms().stream().filter(sized.negate()).toList(),
            arm -> ""));
    return found;
  }

  /** One a value by how many sessions are live. */
  List<Table> ofLookups(Experiment experiment) {
    Predicate<ArmResult> timed = arm -> arm.metric("cpu").isPresent();
    List<Table> found = new ArrayList<>();
    found.add(
        pivot(
            experiment,
            "CPU of a lookup by live sessions, ns (CPU)",
            LookupCost.SESSIONS,
            timed,
            "cpu"));
    found.add(
        pivot(
            experiment,
            "The same to a bare map's, × (PAIRED)",
            LookupCost.SESSIONS,
            timed.and(arm -> arm.metric("ratioToFloor").isPresent()),
            "ratioToFloor"));
    found.add(
        pivot(
            experiment,
            "The same to its own among the fewest, × (PAIRED)",
            LookupCost.SESSIONS,
            timed.and(arm -> arm.metric(LookupCost.GROWTH).isPresent()),
            LookupCost.GROWTH));
    found.add(pivot(experiment, "Allocated by it, B (CPU)", LookupCost.SESSIONS, timed, "alloc"));
    return found.stream().filter(table -> !table.rows().isEmpty()).toList();
  }

  private Table pivot(
      Experiment experiment,
      String caption,
      String param,
      Predicate<ArmResult> wanted,
      String metric) {
    return tables.pivot(
        experiment, caption, param, wanted, arm -> arm.metric(metric).map(tables::cell));
  }
}
