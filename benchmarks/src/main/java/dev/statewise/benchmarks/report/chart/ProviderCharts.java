package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.experiment.ProviderCost;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Mark;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** E2: a row an algorithm, a column a provider on a JDK. */
final class ProviderCharts {

  private static final String RATIO = "ratioToDefault";

  private ProviderCharts() {}

  static List<Chart> of(Run run, Experiment experiment) {
    return List.of(
        heat(run, experiment, "verify", "To verify a signature, by provider and JDK"),
        heat(run, experiment, "sign", "To sign, by provider and JDK"));
  }

  private static Chart heat(Run run, Experiment experiment, String operation, String title) {
    String id = "e2." + operation;
    Marks marks = new Marks(run, id);
    List<ArmResult> arms =
        experiment.arms().stream().filter(arm -> arm.has(Map.of("operation", operation))).toList();
    arms.forEach(
        arm ->
            marks.mark(arm, "cpu", arm.name(), provider(arm)).ifPresent(m -> add(marks, arm, m)));
    return new Chart(
        id,
        Kind.CELLS,
        title,
        marks.isEmpty() ? "" : extreme(arms),
        "algorithm",
        Axis.names("provider@JDK", arms.stream().map(ProviderCharts::provider).distinct().toList()),
        Axis.names("CPU time (CPU); × what the same JDK's own takes (PAIRED)", List.of()),
        marks.all(),
        List.of());
  }

  private static void add(Marks marks, ArmResult arm, Mark mark) {
    Optional<Double> ratio = arm.value(RATIO).filter(unused -> !isDefault(arm));
    marks.add(
        ratio
            .map(times -> mark.saying("× " + Numbers.rounded(times)).shaded(Math.log10(times)))
            .orElse(mark.shaded(0)));
  }

  /** Which provider differs most from the JDK's own. */
  private static String extreme(List<ArmResult> arms) {
    return arms.stream()
        .filter(arm -> !isDefault(arm) && arm.value(RATIO).isPresent())
        .max(Comparator.comparingDouble(arm -> Math.abs(Math.log(arm.value(RATIO).orElse(1.0)))))
        .map(
            arm ->
                "%s by %s takes %s times what the JDK's own takes, which is the farthest apart."
                    .formatted(
                        arm.name(), provider(arm), Numbers.rounded(arm.value(RATIO).orElse(1.0))))
        .orElse("");
  }

  private static boolean isDefault(ArmResult arm) {
    return provider(arm).startsWith("jdk@");
  }

  private static String provider(ArmResult arm) {
    return arm.params().getOrDefault(ProviderCost.PROVIDER, "");
  }
}
