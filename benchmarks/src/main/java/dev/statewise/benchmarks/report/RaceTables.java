package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.races.Order;
import dev.statewise.benchmarks.experiment.races.Race;
import dev.statewise.benchmarks.experiment.races.Races;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of E29: what each does in each race, so many times of so many. */
final class RaceTables {

  private RaceTables() {}

  /** One of all races, and one of the orders in which two changes are made. */
  static List<Table> of(Experiment experiment) {
    return List.of(
        table(
            experiment,
            "What each does in races, times of races",
            List.of(
                new Column("old state accepted", Races.ACCEPTED, Order.of(Race.ROLLBACK)),
                new Column("change lost, nobody told", Races.LOST, Order.of(Race.LOST_UPDATE)),
                new Column("ended session came back", Races.CAME_BACK, Order.of(Race.RESURRECTION)),
                new Column(
                    "ended, accepted elsewhere at once", Races.ACCEPTED, List.of(Order.AT_ONCE)),
                new Column("and after its bound", Races.ACCEPTED, List.of(Order.AFTER_ITS_BOUND)))),
        table(
            experiment,
            "Two requests at once that change an attribute each, by the order of their steps",
            Order.of(Race.LOST_UPDATE).stream()
                .flatMap(
                    order ->
                        List.of(
                            new Column(order + ": lost", Races.LOST, List.of(order)),
                            new Column(order + ": told", Races.TOLD, List.of(order)))
                            .stream())
                .toList()));
  }

  /**
   * What one column adds up.
   *
   * @param orders of one race
   */
  private record Column(String head, String metric, List<Order> orders) {

    Cell of(Experiment experiment, String arm) {
      List<ArmResult> results =
          orders.stream().flatMap(order -> find(experiment, arm, order).stream()).toList();
      Optional<Metric> absent =
          results.stream()
              .flatMap(result -> result.metric(metric).stream())
              .filter(one -> one.value() == null)
              .findFirst();
      if (results.isEmpty() || absent.isPresent()) {
        return Cell.absent(absent.map(Metric::reason).orElse("not measured"));
      }
      return Cell.number(
          "%s of %s"
              .formatted(
                  Numbers.exact(sum(results, metric)), Numbers.exact(sum(results, Races.RACES))),
          "");
    }
  }

  private static Table table(Experiment experiment, String caption, List<Column> columns) {
    List<String> heads = new ArrayList<>(List.of("arm"));
    columns.forEach(column -> heads.add(column.head()));
    List<Row> rows =
        experiment.arms().stream()
            .map(ArmResult::name)
            .distinct()
            .map(
                arm ->
                    new Row(
                        arm,
                        note(experiment, arm),
                        columns.stream().map(column -> column.of(experiment, arm)).toList()))
            .toList();
    return Table.unmarked(caption, heads, rows);
  }

  private static String note(Experiment experiment, String arm) {
    return find(experiment, arm, Order.SHOWN_AFTER_SAVE)
        .map(result -> result.params().get(Races.STATE))
        .map(
            state ->
                state.equals(Races.CLIENT)
                    ? "its state is with the client"
                    : "its state is on the server")
        .orElse("");
  }

  private static Optional<ArmResult> find(Experiment experiment, String arm, Order order) {
    return experiment.arm(
        arm, Map.of(Races.RACE, order.race().toString(), Races.ORDER, order.toString()));
  }

  private static double sum(List<ArmResult> results, String metric) {
    return results.stream().mapToDouble(result -> result.value(metric).orElse(0.0)).sum();
  }
}
