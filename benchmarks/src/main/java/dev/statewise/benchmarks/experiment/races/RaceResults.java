package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was seen, as a run file has it: a result an order. */
final class RaceResults {

  private RaceResults() {}

  /**
   * @param state who has it; empty if that is not known
   * @param whyNot why an order has no tally, if one has none
   */
  static List<ArmResult> of(String name, String state, Map<Order, Tally> seen, String whyNot) {
    return Stream.of(Order.values())
        .map(
            order ->
                new ArmResult(
                    name,
                    params(order, state),
                    seen.containsKey(order)
                        ? counted(order.race(), seen.getOrDefault(order, Tally.NONE))
                        : absent(order.race(), whyNot)))
        .toList();
  }

  private static Map<String, String> params(Order order, String state) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(Races.RACE, order.race().toString());
    params.put(Races.ORDER, order.toString());
    if (!state.isEmpty()) {
      params.put(Races.STATE, state);
    }
    return params;
  }

  private static List<Metric> counted(Race race, Tally tally) {
    List<Metric> metrics = new ArrayList<>();
    for (Kind kind : Kind.of(race)) {
      metrics.add(Metric.counted(kind.name, kind.unit, kind.of(tally), tally.races()));
    }
    return metrics;
  }

  private static List<Metric> absent(Race race, String why) {
    return Kind.of(race).stream()
        .map(kind -> Metric.absent(kind.name, kind.unit, Evidence.COUNT, why))
        .toList();
  }

  /** What is counted of a race. */
  private enum Kind {
    ACCEPTED(Races.ACCEPTED, "times"),
    LOST(Races.LOST, "changes"),
    CAME_BACK(Races.CAME_BACK, "times"),
    TOLD(Races.TOLD, "requests"),
    RACES(Races.RACES, "races");

    private final String name;
    private final String unit;

    Kind(String name, String unit) {
      this.name = name;
      this.unit = unit;
    }

    static List<Kind> of(Race race) {
      return switch (race) {
        case ROLLBACK, REVOCATION -> List.of(ACCEPTED, RACES);
        case LOST_UPDATE -> List.of(LOST, TOLD, RACES);
        case RESURRECTION -> List.of(CAME_BACK, TOLD, RACES);
      };
    }

    int of(Tally tally) {
      return switch (this) {
        case ACCEPTED, CAME_BACK -> tally.accepted();
        case LOST -> tally.lost();
        case TOLD -> tally.told();
        case RACES -> tally.races();
      };
    }
  }
}
