package dev.statewise.benchmarks.report.chart;

import static dev.statewise.benchmarks.report.chart.Plotted.having;

import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** E20 and E27: what a revocation list takes and spares, and what sliding writes. */
final class EconomyCharts {

  private static final Map<String, String> OVER_LIFE = overLife();

  private EconomyCharts() {}

  private static Map<String, String> overLife() {
    Map<String, String> metrics = new LinkedHashMap<>();
    metrics.put("renewals", "renewals a second");
    metrics.put("megabytes", "the list in Redis, MB");
    metrics.put("exposure", "accepted though ended, s");
    return metrics;
  }

  /** E20: what falls and what rises with the life of a token. */
  static List<Chart> revocation(Run run, Experiment experiment) {
    Marks marks = new Marks(run, "e20.life");
    List<String> lives =
        experiment.arms().stream()
            .flatMap(arm -> Optional.ofNullable(arm.params().get("life")).stream())
            .distinct()
            .toList();
    for (ArmResult arm : experiment.arms()) {
      String life = arm.params().getOrDefault("life", "");
      OVER_LIFE.forEach(
          (metric, panel) ->
              marks
                  .mark(arm, metric, arm.name(), panel + ", " + life)
                  .filter(mark -> !life.isEmpty() && Marks.value(mark) > 0)
                  .ifPresent(mark -> marks.add(mark.in(panel).at(lives.indexOf(life)))));
    }
    return List.of(
        new Chart(
            "e20.life",
            Kind.LINES,
            "The life of a token: what a longer one spares, and what it costs",
            lives.isEmpty()
                ? ""
                : "From %s to %s.".formatted(lives.get(0), lives.get(lives.size() - 1)),
            "arm",
            Axis.names("life of a token", lives),
            Axis.log("*MODEL over counted sizes", ""),
            marks.all(),
            List.of()));
  }

  /** E27: of a thousand requests, how many write, and in how many commands. */
  static List<Chart> sliding(Run run, Experiment experiment) {
    Plotted plotted = new Plotted(run, experiment);
    return List.of(
        plotted.dots(
            "e27.commands",
            "Commands to the store, of 1,000 requests",
            "commands",
            Axis.log("commands per 1,000 requests (COUNT)", ""),
            arm -> true,
            arm -> arm.params().getOrDefault("pace", "")),
        plotted.dots(
            "e27.writes",
            "Writes to the store, of 1,000 requests",
            "writes",
            Axis.log("writes per 1,000 requests (COUNT)", ""),
            having().and(arm -> arm.value("writes").filter(writes -> writes > 0).isPresent()),
            arm -> arm.params().getOrDefault("pace", "")));
  }
}
