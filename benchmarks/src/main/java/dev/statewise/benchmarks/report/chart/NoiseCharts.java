package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.List;
import java.util.Optional;

/** E0: what a difference of nothing looks like. */
final class NoiseCharts {

  private static final String RATIO = "ratio";

  /** So many samples of a JVM are drawn. */
  private static final int SHOWN = 25;

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
        canary(run),
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

  /** The canary in the order of measuring, a small chart a JVM, if its samples are in the run. */
  private static Chart canary(Run run) {
    List<List<Double>> jvms = Optional.ofNullable(run.noise().canary().raw()).orElse(List.of());
    Marks marks = new Marks(run, "e0.canary");
    Metric canary = run.noise().canary();
    for (int jvm = 0; jvm < jvms.size() && run.run().timesReadable(); jvm++) {
      List<Double> samples = jvms.get(jvm);
      int step = Math.max(1, samples.size() / SHOWN);
      for (int i = 0; i < samples.size(); i += step) {
        double sample = samples.get(i);
        Metric one =
            new Metric(
                canary.name(), canary.unit(), canary.evidence(), sample, sample, sample, 1, null);
        int place = i;
        String column = Numbers.exact((long) i + 1);
        marks
            .mark("canary", one, "JVM " + (jvm + 1), column)
            .ifPresent(mark -> marks.add(mark.at(place).in(mark.row())));
      }
    }
    return new Chart(
        "e0.canary",
        Kind.TIMELINE,
        "The canary between the slices, JVM by JVM",
        canary.value() == null
            ? ""
            : "%s in the middle, and it moved by %s."
                .formatted(
                    Amount.nanos(canary.value()),
                    Optional.ofNullable(run.noise().canaryDrift().value())
                        .map(drift -> Numbers.rounded(drift * 100) + " %")
                        .orElse("an unknown share")),
        "JVM",
        Axis.linear("sample", ""),
        Axis.linear("CPU time (CPU)", "ns"),
        marks.all(),
        List.of());
  }
}
