package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.List;

/** E6: how often a store is asked, by operation. */
final class StoreCharts {

  /** So many round trips are as dark as a cell gets. */
  private static final double DARKEST = 8;

  private static final String OPERATION = "operation";

  private StoreCharts() {}

  static List<Chart> of(Run run, Experiment experiment) {
    boolean same =
        experiment.arms().stream()
            .allMatch(arm -> arm.value("roundTrips").equals(arm.value("commands")));
    return same
        ? List.of(cells(run, experiment, "roundTrips", "Commands to the store, one a round trip"))
        : List.of(
            cells(run, experiment, "roundTrips", "Round trips to the store"),
            cells(run, experiment, "commands", "Commands to the store"));
  }

  private static Chart cells(Run run, Experiment experiment, String metric, String title) {
    String id = "e6." + Marks.slug(metric);
    Marks marks = new Marks(run, id);
    for (ArmResult arm : experiment.arms()) {
      marks
          .mark(arm, metric, arm.name(), operation(arm))
          .ifPresent(mark -> marks.add(mark.shaded(Marks.value(mark) / DARKEST)));
    }
    return new Chart(
        id,
        Kind.CELLS,
        title,
        asked(marks),
        "arm",
        Axis.names(
            OPERATION, experiment.arms().stream().map(StoreCharts::operation).distinct().toList()),
        Axis.names("counted on the wire (COUNT)", List.of()),
        marks.all(),
        List.of());
  }

  /** Who asks nobody. */
  private static String asked(Marks marks) {
    List<String> silent =
        marks.all().stream()
            .filter(mark -> mark.column().equals("validate") && Marks.value(mark) == 0)
            .map(Chart.Mark::row)
            .toList();
    return silent.isEmpty()
        ? "Every arm asks a store to validate."
        : "To validate, nobody is asked by %s.".formatted(String.join(", ", silent));
  }

  private static String operation(ArmResult arm) {
    return arm.params().getOrDefault(OPERATION, "");
  }
}
