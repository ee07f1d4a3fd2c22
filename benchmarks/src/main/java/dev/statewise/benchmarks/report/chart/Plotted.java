package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Charts of one metric of an experiment, which many questions need. */
final class Plotted {

  private static final Pattern NUMBER = Pattern.compile("([0-9.]+) ?([kKmM]?)(i?[bB])?");
  private static final double THOUSAND = 1_000;

  private final Run run;
  private final Experiment experiment;

  Plotted(Run run, Experiment experiment) {
    this.run = run;
    this.experiment = experiment;
  }

  /** A dot an arm, the least first. */
  Chart dots(
      String id,
      String title,
      String metric,
      Axis axis,
      Predicate<ArmResult> wanted,
      Function<ArmResult, String> column) {
    Marks marks = new Marks(run, id);
    experiment.arms().stream()
        .filter(arm -> wanted.test(arm) && arm.value(metric).isPresent())
        .sorted(Comparator.comparingDouble(arm -> arm.value(metric).orElse(0.0)))
        .forEach(arm -> marks.add(arm, metric, arm.name(), column.apply(arm)));
    return new Chart(
        id,
        Kind.DOTS,
        title,
        marks.span(),
        "arm",
        axis,
        Axis.names("", List.of()),
        marks.all(),
        List.of());
  }

  /** A line an arm, over a number that is among its params. */
  Chart over(
      Kind kind,
      String id,
      String title,
      String metric,
      String param,
      Axis x,
      Axis y,
      Predicate<ArmResult> wanted,
      Function<ArmResult, String> line,
      List<Rule> rules) {
    Marks marks = new Marks(run, id);
    experiment.arms().stream()
        .filter(arm -> wanted.test(arm) && number(arm.params().get(param)).isPresent())
        .sorted(Comparator.comparingDouble(arm -> number(arm.params().get(param)).orElse(0.0)))
        .forEach(
            arm ->
                marks
                    .mark(arm, metric, line.apply(arm), arm.params().getOrDefault(param, ""))
                    .ifPresent(
                        mark -> marks.add(mark.at(number(arm.params().get(param)).orElse(0.0)))));
    return new Chart(id, kind, title, marks.span(), "arm", x, y, marks.all(), rules);
  }

  /** Whether an arm has these params. */
  static Predicate<ArmResult> having(String... pairs) {
    return arm -> {
      for (int i = 0; i < pairs.length; i += 2) {
        if (!arm.has(Map.of(pairs[i], pairs[i + 1]))) {
          return false;
        }
      }
      return true;
    };
  }

  /** A param as a number: 10000, 10k, 1M. */
  static Optional<Double> number(@org.jspecify.annotations.Nullable String text) {
    Matcher matcher = NUMBER.matcher(text == null ? "" : text.replace(",", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "k", "K" -> value * THOUSAND;
          case "m", "M" -> value * THOUSAND * THOUSAND;
          default -> value;
        });
  }
}
