package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.List;

/** E0: what a difference of nothing looks like. */
final class NoiseCharts {

  private static final String RATIO = "ratio";

  private NoiseCharts() {}

  static List<Chart> of(Run run, Experiment experiment) {
    Marks marks = new Marks(run, "e0.aa");
    experiment.arms().stream()
        .filter(arm -> arm.metric(RATIO).isPresent())
        .forEach(
            arm ->
                marks.add(
                    arm,
                    RATIO,
                    "%s to %s".formatted(arm.name(), arm.params().getOrDefault("duplicateOf", "?")),
                    "× its duplicate"));
    double within = NoiseFloor.EQUIVALENCE;
    return List.of(
        new Chart(
            "e0.aa",
            Kind.DOTS,
            "One arm, timed twice as if it were two",
            marks.isEmpty()
                ? ""
                : "A difference of nothing measures as %s [%s]."
                    .formatted(marks.all().get(0).text(), marks.all().get(0).range()),
            "pair",
            Axis.linear("CPU time to that of its duplicate (PAIRED)", RATIO),
            Axis.names("", List.of()),
            marks.all(),
            List.of(
                Rule.band("counts as the same", 1 - within, 1 + within), Rule.line("equal", 1))));
  }
}
