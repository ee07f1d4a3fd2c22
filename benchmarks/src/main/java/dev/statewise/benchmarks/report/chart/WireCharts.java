package dev.statewise.benchmarks.report.chart;

import static dev.statewise.benchmarks.report.chart.Plotted.having;

import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Mark;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** E9 and E10: what a header costs on HTTP/2, and where servers end. */
final class WireCharts {

  private static final String BYTES = "bytes";
  private static final String LARGEST = "largestLine";
  private static final Axis SHARE = Axis.log("bytes of the credential in a request (COUNT)", "B");

  private WireCharts() {}

  /** E9. */
  static List<Chart> headerBlocks(Run run, Experiment experiment) {
    Plotted plotted = new Plotted(run, experiment);
    Predicate<ArmResult> typical = having("carrier", "cookie", "profile", "typ");
    return List.of(
        repeats(run, experiment, typical),
        plotted.over(
            Kind.STEPS,
            "e9.users",
            "A repeated header, by how many users share the connection",
            BYTES,
            "usersPerConnection",
            Axis.log("users of one connection", ""),
            SHARE,
            arm -> true,
            ArmResult::name,
            List.of()),
        plotted.over(
            Kind.STEPS,
            "e9.tokens",
            "A repeated header, by the size of the token",
            BYTES,
            "tokenBytes",
            Axis.linear("size of the token", "B"),
            SHARE,
            arm -> true,
            arm -> "as " + arm.params().getOrDefault("carrier", "header"),
            List.of()));
  }

  /** First and repeated, indexed and never. */
  private static Chart repeats(Run run, Experiment experiment, Predicate<ArmResult> typical) {
    Marks marks = new Marks(run, "e9.repeats");
    experiment.arms().stream()
        .filter(typical.and(arm -> !arm.params().containsKey("usersPerConnection")))
        .filter(arm -> !arm.params().containsKey("edge"))
        .forEach(
            arm ->
                marks
                    .mark(arm, BYTES, arm.name(), column(arm))
                    .ifPresent(mark -> marks.add(mark.shaded(Math.log10(Marks.value(mark)) / 4))));
    List<String> columns = marks.all().stream().map(Mark::column).distinct().toList();
    return new Chart(
        "e9.repeats",
        Kind.CELLS,
        "The credential's bytes, the first time and again",
        marks.span(),
        "arm",
        Axis.names("request", columns),
        Axis.names("bytes of the cookie with typical state (COUNT)", List.of()),
        marks.all(),
        List.of());
  }

  private static String column(ArmResult arm) {
    return "%s, %s"
        .formatted(
            arm.params().getOrDefault("indexing", ""), arm.params().getOrDefault("request", ""));
  }

  /** E10: how long a line each server takes, and how long tokens are. */
  static List<Chart> limits(Run run, Experiment experiment) {
    Marks marks = new Marks(run, "e10.limits");
    List<ArmResult> servers =
        experiment.arms().stream()
            .filter(arm -> arm.value(LARGEST).isPresent())
            .sorted(Comparator.comparingDouble(arm -> arm.value(LARGEST).orElse(0.0)))
            .toList();
    for (ArmResult server : servers) {
      marks
          .mark(server, LARGEST, server.name(), "largest line")
          .ifPresent(mark -> marks.add(mark.saying(overflow(server))));
    }
    return List.of(
        new Chart(
            "e10.limits",
            Kind.RULER,
            "The longest header line that each server takes",
            marks.span(),
            "server",
            Axis.log("bytes of one header line (COUNT; CITED where it is hollow)", "B"),
            Axis.names("", List.of()),
            marks.all(),
            tokens(experiment)));
  }

  /** What becomes of a longer one. */
  private static String overflow(ArmResult server) {
    return server
        .value("status")
        .map(status -> "then " + Numbers.exact(status))
        .orElseGet(
            () ->
                Optional.ofNullable(server.params().get("overflow"))
                    .map(text -> "then " + text)
                    .orElse("then closed"));
  }

  /** Typical and large tokens as marks to measure by. */
  private static List<Rule> tokens(Experiment experiment) {
    Map<String, Double> places = new LinkedHashMap<>();
    experiment.arms().stream()
        .filter(having("carrier", "bearer").and(arm -> arm.name().equals("jwt-hs256")))
        .forEach(
            arm ->
                arm.value(BYTES)
                    .ifPresent(
                        bytes -> places.put(arm.params().getOrDefault("profile", ""), bytes)));
    List<Rule> rules = new ArrayList<>();
    places.forEach((profile, bytes) -> rules.add(Rule.line(profile, bytes)));
    return rules;
  }
}
