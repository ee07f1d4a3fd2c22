package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run in long form, one value a line (RFC 4180). A value that does not apply is an empty field,
 * never a 0. A text that a spreadsheet would take for a formula has an apostrophe before it.
 */
public final class CsvReport {

  private static final String HEADER =
      "experiment,arm,params,metric,unit,evidence,value,lo,hi,n,run";
  private static final String FORMULA = "=+-@\t\r";
  private static final String END = "\r\n";

  private CsvReport() {}

  /** The text. */
  public static String of(Run run) {
    return of(List.of(run));
  }

  /** The text of several runs, one after the other; the last field says whose a line is. */
  public static String of(List<Run> runs) {
    StringBuilder csv = new StringBuilder(HEADER).append(END);
    runs.forEach(run -> add(csv, run));
    return csv.toString();
  }

  private static void add(StringBuilder csv, Run run) {
    for (Experiment experiment : run.experiments()) {
      for (ArmResult arm : experiment.arms()) {
        for (Metric metric : arm.metrics()) {
          csv.append(line(run, experiment, arm, metric)).append(END);
        }
      }
    }
  }

  private static String line(Run run, Experiment experiment, ArmResult arm, Metric metric) {
    String params =
        arm.params().entrySet().stream()
            .map(param -> param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining(";"));
    return String.join(
        ",",
        List.of(
            text(experiment.id()),
            text(arm.name()),
            text(params),
            text(metric.name()),
            text(metric.unit()),
            text(metric.evidence().name()),
            number(metric.value()),
            number(metric.lo()),
            number(metric.hi()),
            metric.n() == null ? "" : metric.n().toString(),
            text(run.run().id())));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  static String text(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
