package dev.statewise.benchmarks.report.chart;

import static dev.statewise.benchmarks.report.chart.Plotted.having;

import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** E3, E5, E7 and E28: what grows with a token, with the number of sessions, and in memory. */
final class GrowthCharts {

  private static final Axis CPU = Axis.log("CPU time of one validation (CPU)", "ns");

  private GrowthCharts() {}

  /** E3: over the bytes of a token. */
  static List<Chart> tokenSize(Run run, Experiment experiment) {
    return List.of(
        new Plotted(run, experiment)
            .over(
                Kind.LINES,
                "e3.size",
                "What a validation costs, by the size of the token",
                "cpu",
                "tokenBytes",
                Axis.log("size of the token", "B"),
                CPU,
                arm -> true,
                ArmResult::name,
                List.of()));
  }

  /** E5: over the number of live sessions. */
  static List<Chart> lookups(Run run, Experiment experiment) {
    return List.of(
        new Plotted(run, experiment)
            .over(
                Kind.LINES,
                "e5.sessions",
                "What a lookup costs, by how many sessions are live",
                "cpu",
                "sessions",
                Axis.log("live sessions", ""),
                CPU,
                arm -> true,
                ArmResult::name,
                List.of()));
  }

  /** E7: what one validation leaves to the collector. */
  static List<Chart> allocation(Run run, Experiment experiment) {
    Predicate<ArmResult> validates = having("operation", "validate");
    return List.of(
        new Plotted(run, experiment)
            .dots(
                "e7.strategies",
                "What one validation allocates, by strategy",
                "alloc",
                Axis.log("bytes allocated by one validation (CPU)", "B"),
                validates.and(arm -> ValidationCharts.isStrategy(arm.name())),
                arm -> "allocated"),
        new Plotted(run, experiment)
            .dots(
                "e7.others",
                "The same by remembered tokens, peers and floors",
                "alloc",
                Axis.log("bytes allocated by one validation (CPU)", "B"),
                validates.and(arm -> !ValidationCharts.isStrategy(arm.name())),
                arm -> "allocated"));
  }

  /** E28: what lies on a heap, and what in Redis. */
  static List<Chart> memory(Run run, Experiment experiment) {
    return List.of(
        memory(run, experiment, "e28.heap", "On the heap of a JVM", "heapBytes"),
        memory(run, experiment, "e28.redis", "In Redis", "redisBytes"));
  }

  /** A row an arm and what it keeps, the least first. */
  private static Chart memory(
      Run run, Experiment experiment, String id, String title, String metric) {
    Marks marks = new Marks(run, id);
    experiment.arms().stream()
        .filter(arm -> arm.value(metric).isPresent())
        .sorted(Comparator.comparingDouble(arm -> arm.value(metric).orElse(0.0)))
        .forEach(arm -> marks.add(arm, metric, arm.name() + ": " + kept(arm), "bytes"));
    return new Chart(
        id,
        Kind.DOTS,
        title,
        marks.span(),
        "what is kept",
        Axis.log("bytes of one (COUNT)", "B"),
        Axis.names("", List.of()),
        marks.all(),
        List.of());
  }

  private static String kept(ArmResult arm) {
    String kept = arm.params().getOrDefault("kept", "");
    String profile = arm.params().getOrDefault("profile", "");
    return profile.isEmpty() ? kept : "%s, %s".formatted(kept, profile);
  }
}
