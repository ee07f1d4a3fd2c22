package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.RejectionCost;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.List;

/** E4: who spends more on a bad credential, whoever makes it or whoever refuses it. */
final class RejectionCharts {

  /** At so many powers of ten a cell is as dark as one gets. */
  private static final double DARKEST = 4;

  private RejectionCharts() {}

  static List<Chart> of(Run run, Experiment experiment) {
    return List.of(amplification(run, experiment), cost(run, experiment));
  }

  private static Chart amplification(Run run, Experiment experiment) {
    Marks marks = new Marks(run, "e4.amplification");
    for (ArmResult arm : experiment.arms()) {
      marks
          .mark(arm, "amplification", arm.name(), caseOf(arm))
          .ifPresent(mark -> marks.add(mark.shaded(Math.log10(Marks.value(mark)) / DARKEST)));
    }
    long gains = marks.all().stream().filter(mark -> Marks.value(mark) > 1).count();
    return new Chart(
        "e4.amplification",
        Kind.CELLS,
        "Who spends more, the server that refuses or the attacker who makes it",
        marks.isEmpty()
            ? ""
            : "In %s of %s cases the server spends more CPU time than the attacker."
                .formatted(Numbers.exact(gains), Numbers.exact((long) marks.all().size())),
        "arm",
        Axis.names("case", cases(experiment)),
        Axis.names("server's CPU time by the attacker's (PAIRED)", List.of()),
        marks.all(),
        List.of());
  }

  private static Chart cost(Run run, Experiment experiment) {
    Marks marks = new Marks(run, "e4.cost");
    for (ArmResult arm : experiment.arms()) {
      marks
          .sum(arm, "cpu", "serverCpu", caseOf(arm), arm.name())
          .or(() -> marks.mark(arm, "cpu", caseOf(arm), arm.name()))
          .ifPresent(marks::add);
    }
    return new Chart(
        "e4.cost",
        Kind.DOTS,
        "What it costs to refuse, the server's time included",
        marks.span(),
        "case",
        Axis.log("CPU time (CPU)", "ns"),
        Axis.names("", cases(experiment)),
        marks.all(),
        List.of(Rule.line("1 µs", 1_000)));
  }

  private static List<String> cases(Experiment experiment) {
    return experiment.arms().stream().map(RejectionCharts::caseOf).distinct().toList();
  }

  private static String caseOf(ArmResult arm) {
    return arm.params().getOrDefault(RejectionCost.CASE, "");
  }
}
