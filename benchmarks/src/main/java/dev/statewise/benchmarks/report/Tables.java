package dev.statewise.benchmarks.report;

import static java.util.Map.entry;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.BadCredential;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.RejectionCost;
import dev.statewise.benchmarks.experiment.economics.Revocations;
import dev.statewise.benchmarks.experiment.economics.SlidingExpiry;
import dev.statewise.benchmarks.experiment.growth.SessionMemory;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The tables of an experiment. */
final class Tables {

  private static final String OPERATION = "operation";
  private static final String SHARE = "share";
  private static final String KIND = "kind";

  /** How a metric is called at the head of a column. */
  private static final Map<String, String> HEADS =
      Map.ofEntries(
          entry("cpu", "CPU"),
          entry("wall", "elapsed"),
          entry("alloc", "allocated"),
          entry("ratio", "to its duplicate"),
          entry("serverCpu", "server's CPU"),
          entry("forkSpread", "JVMs apart by"),
          entry("ratioToFloor", "to its floor"),
          entry("ratioToSubset", "to its subset"),
          entry("ratioToDefault", "to the JDK's own"),
          entry("ratioToValid", "to a good one"),
          entry("attackerCpu", "CPU to make it"),
          entry("roundTrips", "round trips"),
          entry(SessionMemory.HEAP, "heap"),
          entry(SessionMemory.REDIS, "Redis"),
          entry("ratioToSpring", "to Spring Session there"),
          entry(SlidingExpiry.WRITING, "requests that write"),
          entry("bytesToStore", "to the store"),
          entry("bytesFromStore", "from the store"),
          entry(SlidingExpiry.IDLE_PRECISION, "ends too early by at most"),
          entry(Revocations.MEGABYTES, "list in Redis"),
          entry(Revocations.HEAP_MEGABYTES, "list on the heap"),
          entry(Revocations.SESSIONS_TO_LIST, "sessions to list"),
          entry(Revocations.KEPT, "a refusal is kept"),
          entry(Revocations.EXPOSURE, "accepted after its ending"),
          entry("collectorCpu", "collecting"),
          entry("collectorShare", "collector's share"),
          entry("rSquared", "R²"),
          entry("ratioToFewest", "to its fewest"));

  private final Run run;

  Tables(Run run) {
    this.run = run;
  }

  List<Table> of(Experiment experiment) {
    return Table.sharingFootnotes(
        switch (experiment.id()) {
          case "E2" -> new ProviderTables(this).of(experiment);
          case "E4" -> byArm(experiment);
          case "E6" -> operations(experiment);
          case "E8" -> new SizeTables(this).of(experiment);
          case "E20" -> new RevocationTables(this).of(experiment);
          case "E9" -> new HeaderBlockTables(this).of(experiment);
          case "E10" -> new LimitTables(this).of(experiment);
          case "E26" -> new StateTables(this).of(experiment);
          case "E27" -> new SlidingTables(this).of(experiment);
          case "E3" -> new GrowthTables(this).ofTokens(experiment);
          case "E5" -> new GrowthTables(this).ofLookups(experiment);
          case "E28" -> new MemoryTables(this).of(experiment);
          case "E29" -> RaceTables.of(experiment);
          default -> byOperation(experiment);
        });
  }

  /** One table an arm: a row a case, a column a metric. */
  private List<Table> byArm(Experiment experiment) {
    List<Table> tables = new ArrayList<>();
    for (String name : experiment.arms().stream().map(ArmResult::name).distinct().toList()) {
      List<ArmResult> cases =
          experiment.arms().stream()
              .filter(arm -> arm.name().equals(name))
              .map(arm -> new ArmResult(caseOf(arm), arm.params(), arm.metrics()))
              .toList();
      tables.add(metrics("What " + name + " is shown", "case", cases, Tables::refusal));
    }
    return tables;
  }

  private static String caseOf(ArmResult arm) {
    return arm.params().getOrDefault(RejectionCost.CASE, arm.name());
  }

  /** What a case is, and what it is refused for. */
  private static String refusal(ArmResult arm) {
    return BadCredential.named(arm.name())
        .map(
            bad ->
                "%s: %s"
                    .formatted(
                        bad.meaning(),
                        arm.params().getOrDefault(RejectionCost.REFUSED_AS, bad.reason().name())))
        .orElse("");
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
    groups.forEach(
        (operation, arms) ->
            tables.add(
                metrics(
                    operation.isEmpty() ? "Values" : "Operation " + operation,
                    "arm",
                    arms,
                    Tables::note)));
    return tables;
  }

  /** A row an arm, a column a metric. */
  Table metrics(
      String caption, String first, List<ArmResult> arms, Function<ArmResult, String> note) {
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
    List<String> columns = new ArrayList<>(List.of(first));
    names.forEach(
        name -> columns.add(head(examples.getOrDefault(name, arms.get(0).metrics().get(0)))));
    List<Row> rows =
        arms.stream()
            .map(
                arm ->
                    new Row(
                        arm.name(),
                        note.apply(arm),
                        names.stream()
                            .map(
                                name ->
                                    arm.metric(name)
                                        .map(this::cell)
                                        .orElseGet(() -> Cell.absent("does not apply")))
                            .toList()))
            .toList();
    return Table.unmarked(caption, columns, rows);
  }

  private List<Table> operations(Experiment experiment) {
    Table commands = operations(experiment, "Commands", "commands");
    Table roundTrips = operations(experiment, "Round trips", "roundTrips");
    Table bytes = operations(experiment, "Bytes on the wire, both ways", "bytes");
    return commands.rows().equals(roundTrips.rows())
        ? List.of(
            operations(experiment, "Commands, each of them one round trip,", "commands"), bytes)
        : List.of(commands, roundTrips, bytes);
  }

  private Table operations(Experiment experiment, String what, String metric) {
    return pivot(
        experiment,
        what + " by operation",
        OPERATION,
        arm -> true,
        arm -> arm.metric(metric).map(this::cell));
  }

  /** What needs no table, a sentence each. */
  List<String> aside(Experiment experiment) {
    return switch (experiment.id()) {
      case "E2" -> ProviderTables.implementations(experiment);
      case "E8" -> SizeTables.limits(experiment);
      default ->
          Question.of(experiment.id())
              .filter(question -> run.run().timesReadable() || !Catalogue.isTimed(question))
              .map(question -> Catalogue.asides(question, experiment))
              .orElse(List.of());
    };
  }

  /** A row an arm, a column a value of one param. */
  Table pivot(
      Experiment experiment,
      String caption,
      String param,
      Predicate<ArmResult> wanted,
      Function<ArmResult, Optional<Cell>> cell) {
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
                          .flatMap(cell)
                          .orElseGet(() -> Cell.absent("not measured")))
              .toList();
      rows.add(new Row(name, "", cells));
    }
    return Table.unmarked(caption, columns, rows);
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
        text(metric, metric.value()),
        exact || metric.lo() == null || metric.hi() == null
            ? ""
            : text(metric, metric.lo()) + " – " + text(metric, metric.hi()));
  }

  /** A share as per cent. */
  private static String text(Metric metric, double value) {
    return metric.unit().equals(SHARE)
        ? Numbers.rounded(value * 100) + " %"
        : Numbers.text(metric.evidence(), value);
  }

  /** What an arm is, by its params. */
  static String note(ArmResult arm) {
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
    if (metric.unit().equals(SHARE)) {
      return "%s (%s)".formatted(name, metric.evidence());
    }
    return metric.unit().equals("ratio")
        ? "%s, × (%s)".formatted(name, metric.evidence())
        : "%s, %s (%s)".formatted(name, metric.unit(), metric.evidence());
  }

  private static String headName(String metric) {
    return HEADS.getOrDefault(metric, metric);
  }
}
