package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.StateCost;
import dev.statewise.benchmarks.experiment.StateSize;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Mark;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** E26: a line a store, over the size of the state; to read it, and to change a part of it. */
final class StateCharts {

  private StateCharts() {}

  static List<Chart> of(Run run, Experiment experiment) {
    return List.of(chart(run, experiment));
  }

  private static Chart chart(Run run, Experiment experiment) {
    Marks marks = new Marks(run, "e26.size");
    List<String> sizes = experiment.arms().stream().map(StateCharts::size).distinct().toList();
    for (ArmResult arm : experiment.arms()) {
      String panel = panel(arm);
      mark(marks, arm, panel)
          .ifPresent(mark -> marks.add(mark.in(panel).at(sizes.indexOf(size(arm)))));
    }
    return new Chart(
        "e26.size",
        Kind.LINES,
        "State by its size, the server's time included",
        marks.span(),
        "store",
        Axis.names("size of the state", sizes),
        Axis.log("CPU time of a request (CPU)", "ns"),
        marks.all(),
        List.of());
  }

  private static Optional<Mark> mark(Marks marks, ArmResult arm, String panel) {
    String column = panel + ", " + size(arm);
    return marks
        .sum(arm, "cpu", "serverCpu", arm.name(), column)
        .or(() -> marks.mark(arm, "cpu", arm.name(), column));
  }

  private static String panel(ArmResult arm) {
    return arm.has(Map.of(StateCost.OPERATION, "read"))
        ? "read it"
        : "change one attribute of %d".formatted(StateSize.ATTRIBUTES);
  }

  private static String size(ArmResult arm) {
    String size = arm.params().getOrDefault(StateCost.SIZE, "");
    return StateSize.named(size).map(StateSize::label).orElse(size);
  }
}
