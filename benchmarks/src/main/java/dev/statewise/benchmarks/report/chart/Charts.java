package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.List;

/** The charts of each question. */
public final class Charts {

  private Charts() {}

  /**
   * Those of one experiment of a run, the one that answers the question first. Empty if there is
   * nothing that may be drawn.
   */
  public static List<Chart> of(Run run, Experiment experiment) {
    List<Chart> charts =
        switch (experiment.id()) {
          case "E0" -> NoiseCharts.of(run, experiment);
          case "E1" -> ValidationCharts.of(run, experiment);
          case "E2" -> ProviderCharts.of(run, experiment);
          case "E3" -> GrowthCharts.tokenSize(run, experiment);
          case "E4" -> RejectionCharts.of(run, experiment);
          case "E5" -> GrowthCharts.lookups(run, experiment);
          case "E6" -> StoreCharts.of(run, experiment);
          case "E7" -> GrowthCharts.allocation(run, experiment);
          case "E8" -> SizeCharts.of(run, experiment);
          case "E9" -> WireCharts.headerBlocks(run, experiment);
          case "E10" -> WireCharts.limits(run, experiment);
          case "E20" -> EconomyCharts.revocation(run, experiment);
          case "E26" -> StateCharts.of(run, experiment);
          case "E27" -> EconomyCharts.sliding(run, experiment);
          case "E28" -> GrowthCharts.memory(run, experiment);
          case "E29" -> RaceCharts.of(run, experiment);
          default -> List.of();
        };
    return charts.stream().filter(chart -> !chart.marks().isEmpty()).toList();
  }
}
