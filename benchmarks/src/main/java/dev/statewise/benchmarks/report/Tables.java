package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The tables of an experiment. */
final class Tables {

  private static final String OPERATION = "operation";
  private static final String KIND = "kind";
  private static final String PROFILE = "profile";

  /** How a metric is called at the head of a column. */
  private static final Map<String, String> HEADS =
      Map.of(
          "cpu", "CPU",
          "wall", "elapsed",
          "alloc", "allocated",
          "ratio", "to its duplicate",
          "serverCpu", "server's CPU",
          "forkSpread", "JVMs apart by",
          "ratioToFloor", "to its floor",
          "ratioToSubset", "to its subset",
          "roundTrips", "round trips");

  private final Run run;

  Tables(Run run) {
    this.run = run;
  }

  List<Table> of(Experiment experiment) {
    return switch (experiment.id()) {
      case "E6" -> operations(experiment);
      case "E8" -> sizes(experiment);
      default -> byOperation(experiment);
    };
  }

  /** One table an operation: a row an arm, a column a metric. */
  private List<Table> byOperation(Experiment experiment) {
    Map<String, List<ArmResult>> groups = new LinkedHashMap<>();
    for (ArmResult arm : experiment.arms()) {
      groups
          .computeIfAbsent(arm.params().getOrDefault(OPERATION, ""), unseen -> new ArrayList<>())
          .add(arm);
    }
    List<Table> tables = new ArrayList<>();
    groups.forEach((operation, arms) -> tables.add(metrics(operation, arms)));
    return tables;
  }

  private Table metrics(String operation, List<ArmResult> arms) {
    Set<String> names = new LinkedHashSet<>();
    Map<String, Metric> examples = new LinkedHashMap<>();
    arms.forEach(
        arm ->
            arm.metrics()
                .forEach(
                    metric -> {
                      names.add(metric.name());
                      examples.putIfAbsent(metric.name(), metric);
                    }));
    List<String> columns = new ArrayList<>(List.of("arm"));
    names.forEach(
        name -> columns.add(head(examples.getOrDefault(name, arms.get(0).metrics().get(0)))));
    List<Row> rows =
        arms.stream()
            .map(
                arm ->
                    new Row(
                        arm.name(),
                        note(arm),
                        names.stream()
                            .map(
                                name ->
                                    arm.metric(name)
                                        .map(this::cell)
                                        .orElseGet(() -> Cell.absent("does not apply")))
                            .toList()))
            .toList();
    return Table.of(operation.isEmpty() ? "Values" : "Operation " + operation, columns, rows);
  }

  private List<Table> operations(Experiment experiment) {
    List<Table> tables = new ArrayList<>();
    for (String metric : List.of("commands", "roundTrips", "bytes")) {
      tables.add(
          pivot(
              experiment,
              "%s by operation".formatted(capitalised(headName(metric))),
              OPERATION,
              metric,
              arm -> true));
    }
    return tables;
  }

  private List<Table> sizes(Experiment experiment) {
    List<Table> tables = new ArrayList<>();
    for (String part : List.of("credential line", "whole request")) {
      for (String carrier : List.of("cookie", "bearer")) {
        tables.add(
            pivot(
                experiment,
                "Bytes of the %s, as %s, by profile of state".formatted(part, carrier),
                PROFILE,
                "bytes",
                arm -> arm.has(Map.of("part", part, "carrier", carrier))));
      }
    }
    return tables;
  }

  private Table pivot(
      Experiment experiment,
      String caption,
      String param,
      String metric,
      Predicate<ArmResult> wanted) {
    List<ArmResult> arms = experiment.arms().stream().filter(wanted).toList();
    List<String> values =
        arms.stream().map(arm -> arm.params().getOrDefault(param, "")).distinct().toList();
    List<String> columns = new ArrayList<>(List.of("arm"));
    columns.addAll(values);
    List<Row> rows = new ArrayList<>();
    for (String name : arms.stream().map(ArmResult::name).distinct().toList()) {
      List<Cell> cells =
          values.stream()
              .map(
                  value ->
                      arms.stream()
                          .filter(arm -> arm.name().equals(name) && arm.has(Map.of(param, value)))
                          .findFirst()
                          .flatMap(arm -> arm.metric(metric))
                          .map(this::cell)
                          .orElseGet(() -> Cell.absent("not measured")))
              .toList();
      rows.add(new Row(name, "", cells));
    }
    return Table.of(caption, columns, rows);
  }

  Cell cell(Metric metric) {
    if (metric.value() == null) {
      return Cell.absent(Optional.ofNullable(metric.reason()).orElse(""));
    }
    if (metric.evidence() == Evidence.WALL && !run.wallIsReadable()) {
      return Cell.absent(
          run.run().timesReadable()
              ? "elapsed times are withheld: the run is " + run.run().status()
              : "elapsed times are withheld: the tier is too short for them");
    }
    boolean exact = metric.value().equals(metric.lo()) && metric.value().equals(metric.hi());
    return Cell.number(
        Numbers.text(metric.evidence(), metric.value()),
        exact || metric.lo() == null || metric.hi() == null
            ? ""
            : Numbers.text(metric.evidence(), metric.lo())
                + " – "
                + Numbers.text(metric.evidence(), metric.hi()));
  }

  private static String note(ArmResult arm) {
    return arm.params().entrySet().stream()
        .filter(param -> !param.getKey().equals(OPERATION))
        .map(
            param ->
                param.getKey().equals(KIND)
                    ? param.getValue()
                    : param.getKey() + " " + param.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String head(Metric metric) {
    String name = headName(metric.name());
    return metric.unit().equals("ratio")
        ? "%s, × (%s)".formatted(name, metric.evidence())
        : "%s, %s (%s)".formatted(name, metric.unit(), metric.evidence());
  }

  private static String headName(String metric) {
    return HEADS.getOrDefault(metric, metric);
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
