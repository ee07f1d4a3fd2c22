package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules by which E5's verdict follows from its values. */
public final class LookupRules implements Rules {

  /** Within this factor a cost does not depend on the number of sessions. */
  private static final double THE_SAME = 1.5;

  /** Beyond this it is no more what the processor's caches explain. */
  private static final double PREDICTED = 6;

  private static final String MEMORY = "memory";

  /**
   * Holds if a validation in memory costs the same whatever the number; only up to a number if it
   * grows by no more than was predicted; does not beyond that.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    Optional<Metric> growth = growth(experiment, MEMORY);
    List<LiveSessions> measured = measured(experiment, MEMORY);
    if (growth.isEmpty() || measured.size() < 2) {
      return Finding.untestable("Memory was not measured among few sessions and among many.");
    }
    double factor = valueOf(growth.get());
    Verdict verdict =
        factor <= THE_SAME
            ? Verdict.HOLDS
            : factor <= PREDICTED ? Verdict.HOLDS_WHEN : Verdict.DOES_NOT_HOLD;
    LiveSessions fewest = measured.get(0);
    LiveSessions most = measured.get(measured.size() - 1);
    String floor =
        growth(experiment, LookupTasks.FLOOR_MAP)
            .map(Numbers::withInterval)
            .map(" A lookup in a bare map becomes × %s in the same JVMs."::formatted)
            .orElse("");
    return new Finding(verdict, sentence(experiment, fewest, most, growth.get()) + floor);
  }

  private static String sentence(
      Experiment experiment, LiveSessions fewest, LiveSessions most, Metric growth) {
    return "A validation in memory takes %s ns of CPU among %s live sessions and %s ns among %s: × %s."
        .formatted(
            Numbers.rounded(cpu(experiment, MEMORY, fewest).orElseThrow()),
            Numbers.exact((long) fewest.count()),
            Numbers.rounded(cpu(experiment, MEMORY, most).orElseThrow()),
            Numbers.exact((long) most.count()),
            Numbers.withInterval(growth));
  }

  @Override
  public String predictions(Experiment experiment) {
    Optional<Double> own = growth(experiment, MEMORY).map(LookupRules::valueOf);
    Optional<Double> map = growth(experiment, LookupTasks.FLOOR_MAP).map(LookupRules::valueOf);
    if (own.isEmpty() || map.isEmpty() || !measured(experiment, MEMORY).contains(LiveSessions.M1)) {
      return "";
    }
    double apart = own.get() / map.get();
    return "at most six times from ten thousand to a million: %s (× %s); as a bare map does: %s (× %s and × %s). As is within a factor of %s."
        .formatted(
            outcome(own.get() <= PREDICTED),
            Numbers.rounded(own.get()),
            outcome(apart <= THE_SAME && apart >= 1 / THE_SAME),
            Numbers.rounded(own.get()),
            Numbers.rounded(map.get()),
            Numbers.exact(THE_SAME));
  }

  /** Of Redis how many commands a validation is. */
  @Override
  public List<String> asides(Experiment experiment) {
    return experiment.arms().stream()
        .filter(arm -> arm.value(LookupCommands.MORE).isPresent())
        .map(
            arm ->
                "Commands of a validation in Redis: %s among %s live sessions, %s more than among few."
                    .formatted(
                        Numbers.exact(arm.value("commands").orElseThrow()),
                        Numbers.exact(
                            Long.parseLong(arm.params().getOrDefault(LookupCost.SESSIONS, "0"))),
                        Numbers.exact(arm.value(LookupCommands.MORE).orElseThrow())))
        .toList();
  }

  private static String outcome(boolean cameTrue) {
    return cameTrue ? "came true" : "did not come true";
  }

  /** From the fewest to the most that were measured. */
  private static Optional<Metric> growth(Experiment experiment, String arm) {
    List<LiveSessions> measured = measured(experiment, arm);
    return measured.isEmpty()
        ? Optional.empty()
        : experiment
            .arm(arm, params(measured.get(measured.size() - 1)))
            .flatMap(found -> found.metric(LookupCost.GROWTH))
            .filter(metric -> metric.value() != null);
  }

  private static List<LiveSessions> measured(Experiment experiment, String arm) {
    return Stream.of(LiveSessions.values())
        .filter(live -> cpu(experiment, arm, live).isPresent())
        .toList();
  }

  private static Optional<Double> cpu(Experiment experiment, String arm, LiveSessions live) {
    return experiment.value(arm, params(live), "cpu");
  }

  private static Map<String, String> params(LiveSessions live) {
    return Map.of(LookupCost.SESSIONS, live.toString());
  }

  private static double valueOf(Metric metric) {
    return Optional.ofNullable(metric.value()).orElseThrow();
  }
}
