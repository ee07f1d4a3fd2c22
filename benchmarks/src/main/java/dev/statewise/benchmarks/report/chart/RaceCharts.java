package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.races.Order;
import dev.statewise.benchmarks.experiment.races.Race;
import dev.statewise.benchmarks.experiment.races.Races;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Mark;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** E29: what each arm does in races, a sign and a count a cell. */
final class RaceCharts {

  private static final String ID = "e29.races";

  /** What may go amiss, and in which orders of steps. */
  private record Mishap(String name, String metric, List<Order> orders) {}

  private static final List<Mishap> MISHAPS =
      List.of(
          new Mishap("old state accepted", Races.ACCEPTED, Order.of(Race.ROLLBACK)),
          new Mishap("change lost, nobody told", Races.LOST, Order.of(Race.LOST_UPDATE)),
          new Mishap("ended session came back", Races.CAME_BACK, Order.of(Race.RESURRECTION)),
          new Mishap("ended, accepted elsewhere", Races.ACCEPTED, List.of(Order.AT_ONCE)),
          new Mishap("and after its bound", Races.ACCEPTED, List.of(Order.AFTER_ITS_BOUND)));

  private RaceCharts() {}

  static List<Chart> of(Run run, Experiment experiment) {
    Marks marks = new Marks(run, ID);
    for (String arm : experiment.arms().stream().map(ArmResult::name).distinct().toList()) {
      MISHAPS.forEach(mishap -> mark(experiment, arm, mishap).ifPresent(marks::add));
    }
    List<String> clean =
        marks.all().stream()
            .map(Mark::row)
            .distinct()
            .filter(
                arm ->
                    marks.all().stream()
                        .filter(mark -> mark.row().equals(arm))
                        .allMatch(mark -> Marks.value(mark) == 0))
            .toList();
    return List.of(
        new Chart(
            ID,
            Kind.CELLS,
            "What goes amiss in races and replays",
            clean.isEmpty()
                ? "Every arm lets something happen."
                : "Nothing of it with %s.".formatted(String.join(", ", clean)),
            "arm",
            Axis.names("mishap", MISHAPS.stream().map(Mishap::name).toList()),
            Axis.names("✕ it happened, in so many races; ✓ it never did (COUNT)", List.of()),
            marks.all(),
            List.of()));
  }

  private static Optional<Mark> mark(Experiment experiment, String arm, Mishap mishap) {
    List<ArmResult> results =
        mishap.orders().stream()
            .flatMap(
                order ->
                    experiment
                        .arm(
                            arm,
                            Map.of(
                                Races.RACE, order.race().toString(), Races.ORDER, order.toString()))
                        .stream())
            .toList();
    boolean whole =
        !results.isEmpty()
            && results.stream().allMatch(result -> result.value(mishap.metric()).isPresent());
    if (!whole) {
      return Optional.empty();
    }
    double happened = sum(results, mishap.metric());
    double races = sum(results, Races.RACES);
    return Optional.of(
        new Mark(
            ID + "." + Marks.slug(arm) + "." + Marks.slug(mishap.name()),
            arm,
            arm,
            mishap.name(),
            "",
            null,
            happened,
            happened,
            happened,
            "%s %s of %s"
                .formatted(happened > 0 ? "✕" : "✓", Numbers.exact(happened), Numbers.exact(races)),
            "",
            "",
            Evidence.COUNT.name(),
            happened > 0 ? Math.max(0.25, happened / races) : -0.35));
  }

  private static double sum(List<ArmResult> results, String metric) {
    return results.stream().mapToDouble(result -> result.value(metric).orElse(0.0)).sum();
  }
}
