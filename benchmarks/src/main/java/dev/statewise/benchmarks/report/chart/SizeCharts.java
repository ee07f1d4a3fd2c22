package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.RequestBytes;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** E8: how long a credential's line is, and what else a request is made of. */
final class SizeCharts {

  private static final String BYTES = "bytes";
  private static final String LINE = "credential line";
  private static final String WHOLE = "whole request";

  private final Run run;
  private final Experiment experiment;

  private SizeCharts(Run run, Experiment experiment) {
    this.run = run;
    this.experiment = experiment;
  }

  static List<Chart> of(Run run, Experiment experiment) {
    SizeCharts charts = new SizeCharts(run, experiment);
    return List.of(charts.typical(), charts.growth());
  }

  /** A typical request: the credential's line, and the rest of it. */
  private Chart typical() {
    Marks marks = new Marks(run, "e8.typical");
    for (List<ArmResult> alike : alike("bearer", "typ")) {
      ArmResult line = alike.get(0);
      Optional<Double> own = line.value(BYTES);
      Optional<Double> all = experiment.value(line.name(), params("bearer", "typ", WHOLE), BYTES);
      String row = names(alike);
      marks.add(line, BYTES, row, LINE);
      own.ifPresent(
          bytes ->
              all.ifPresent(
                  whole ->
                      marks
                          .mark(line.name(), rest(whole - bytes), row, "rest of the request")
                          .ifPresent(marks::add)));
    }
    return new Chart(
        "e8.typical",
        Kind.BARS,
        "A request with typical state, as bearer",
        marks.span(),
        "arm",
        Axis.linear("bytes of the request (COUNT)", "B"),
        Axis.names("", List.of()),
        marks.all(),
        List.of());
  }

  private static Metric rest(double bytes) {
    return Metric.counted(BYTES, "B", Math.round(bytes), 1);
  }

  /** The same by how much state there is, with what stops it. */
  private Chart growth() {
    List<String> profiles =
        experiment.arms().stream()
            .filter(arm -> arm.has(Map.of("carrier", "cookie", "part", LINE)))
            .map(arm -> arm.params().getOrDefault("profile", ""))
            .distinct()
            .toList();
    Marks marks = new Marks(run, "e8.growth");
    for (List<ArmResult> alike : alike("cookie", "typ")) {
      for (int i = 0; i < profiles.size(); i++) {
        int place = i;
        String profile = profiles.get(i);
        experiment
            .arm(alike.get(0).name(), params("cookie", profile, LINE))
            .flatMap(arm -> marks.mark(arm, BYTES, names(alike), profile))
            .ifPresent(mark -> marks.add(mark.at(place)));
      }
    }
    return new Chart(
        "e8.growth",
        Kind.LINES,
        "The credential's cookie line, as state grows",
        overLimit(marks),
        "arm",
        Axis.names("profile of state", profiles),
        Axis.log("bytes of the line (COUNT)", "B"),
        marks.all(),
        List.of(
            Rule.line("a cookie ends here", RequestBytes.MOST_COOKIE_LINE),
            Rule.line("common servers end here", RequestBytes.MOST_REQUEST)));
  }

  private static String overLimit(Marks marks) {
    List<Chart.Mark> over =
        marks.all().stream()
            .filter(mark -> Marks.value(mark) > RequestBytes.MOST_COOKIE_LINE)
            .toList();
    return over.isEmpty()
        ? "Every line fits a cookie."
        : "No longer a cookie: %s."
            .formatted(
                over.stream()
                    .map(
                        mark -> "%s with %s (%s)".formatted(mark.row(), mark.column(), mark.text()))
                    .collect(Collectors.joining(", ")));
  }

  /** Arms with one length in one group, as all session ids have. */
  private List<List<ArmResult>> alike(String carrier, String profile) {
    Map<Double, List<ArmResult>> groups = new LinkedHashMap<>();
    for (ArmResult arm : experiment.arms()) {
      if (arm.has(params(carrier, profile, LINE))) {
        arm.value(BYTES)
            .ifPresent(
                bytes -> groups.computeIfAbsent(bytes, unseen -> new ArrayList<>()).add(arm));
      }
    }
    return List.copyOf(groups.values());
  }

  /** All of a group, or the first and how many others. */
  private static String names(List<ArmResult> alike) {
    int shown = Math.min(2, alike.size());
    String first =
        alike.stream().limit(shown).map(ArmResult::name).collect(Collectors.joining(", "));
    return alike.size() == shown
        ? first
        : first + " + " + Numbers.exact((long) alike.size() - shown);
  }

  private static Map<String, String> params(String carrier, String profile, String part) {
    return Map.of("carrier", carrier, "profile", profile, "part", part);
  }
}
