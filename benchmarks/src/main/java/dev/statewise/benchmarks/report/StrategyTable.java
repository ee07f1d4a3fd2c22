package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.run.Durations;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Strategy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The README's table: what each strategy keeps, beside what it was measured to cost. */
public final class StrategyTable {

  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");

  /** Arrangements of a strategy that nobody is to choose. */
  private static final Set<String> FOR_COMPARISON = Set.of("redis-touch-always");

  private StrategyTable() {}

  /** The table, as Markdown, and the run that its numbers are of. */
  public static String markdown(Run run) {
    StringBuilder table =
        new StringBuilder(
            """
            | strategy | survives restart | shared by nodes | ended within | round trips | request bytes |
            |---|---|---|---|--:|--:|
            """);
    for (Strategy strategy : run.run().strategies()) {
      if (FOR_COMPARISON.contains(strategy.arm())) {
        continue;
      }
      table.append(
          "| `%s` | %s | %s | %s | %s | %s |\n"
              .formatted(
                  strategy.arm(),
                  yes(strategy.survivesNodeLoss()),
                  yes(strategy.sharedByNodes()),
                  Durations.text(strategy.endsWithin()),
                  value(run, "E6", strategy.arm(), VALIDATE, "roundTrips"),
                  value(run, "E8", strategy.arm(), line(strategy), "bytes")));
    }
    return table
        + """

        *Survives restart*: of the application; of Redis itself, as that persists. *Ended within*: after a logout every node refuses the credential at the latest then. *Round trips*: of one validation to a store, counted (E6). \
        *Request bytes*: the credential's header line on HTTP/1.1 with typical state, an id as cookie, a token as bearer (E8). From run `%s` of %s.
        """
            .formatted(run.run().id(), run.run().time().substring(0, 10));
  }

  /** As it usually travels: an id in a cookie, a token as a bearer. */
  private static Map<String, String> line(Strategy strategy) {
    return Map.of(
        "carrier", strategy.holdsServerState() ? "cookie" : "bearer",
        "profile", "typ",
        "part", "credential line");
  }

  private static String value(
      Run run, String experiment, String arm, Map<String, String> params, String metric) {
    Optional<Double> value =
        run.experiment(experiment).flatMap(found -> found.value(arm, params, metric));
    return value.map(Numbers::exact).orElse("not measured");
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
