package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.StateCost;
import dev.statewise.benchmarks.experiment.StateSize;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Estimate;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of E26: a row a store, a column a size. */
final class StateTables {

  private static final double NANOS_PER_MICRO = 1_000;

  /** What is done, and how a caption calls it. */
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "read",
          "to read the state",
          "change",
          "to change one attribute of %d".formatted(StateSize.ATTRIBUTES));

  private final Tables tables;

  StateTables(Tables tables) {
    this.tables = tables;
  }

  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    for (String operation : List.of("read", "change")) {
      String what = OPERATIONS.getOrDefault(operation, operation);
      boolean reads = operation.equals("read");
      found.add(table(experiment, operation, "cpu", "CPU time " + what + ", µs/op (CPU)"));
      found.add(
          table(
              experiment,
              operation,
              "serverCpu",
              "The server's CPU time " + what + ", µs/op (CPU)"));
      found.add(table(experiment, operation, "wall", "Time elapsed " + what + ", µs/op (WALL)"));
      found.add(table(experiment, operation, "alloc", "Allocated " + what + ", B/op (CPU)"));
      found.add(
          table(
              experiment,
              operation,
              reads ? "bytesFromStore" : "bytesToStore",
              "Bytes %s the store %s (COUNT)".formatted(reads ? "from" : "to", what)));
      found.add(table(experiment, operation, "roundTrips", "Round trips " + what + " (COUNT)"));
    }
    return found;
  }

  private Table table(Experiment experiment, String operation, String metric, String caption) {
    return tables.pivot(
        labelled(experiment),
        caption,
        StateCost.SIZE,
        arm -> arm.has(Map.of(StateCost.OPERATION, operation)),
        arm -> arm.metric(metric).map(this::cell));
  }

  /** The sizes as a reader knows them. */
  private static Experiment labelled(Experiment experiment) {
    List<ArmResult> arms =
        experiment.arms().stream()
            .map(
                arm ->
                    new ArmResult(
                        arm.name(),
                        Map.of(
                            StateCost.OPERATION,
                            arm.params().getOrDefault(StateCost.OPERATION, ""),
                            StateCost.SIZE,
                            label(arm.params().getOrDefault(StateCost.SIZE, ""))),
                        arm.metrics()))
            .toList();
    return new Experiment(
        experiment.id(), experiment.claim(), experiment.hypothesis(), experiment.verdict(), arms);
  }

  private static String label(String size) {
    return StateSize.named(size).map(StateSize::label).orElse(size);
  }

  private Cell cell(Metric metric) {
    return tables.cell(inMicros(metric).orElse(metric));
  }

  /** Times that span from one microsecond to many milliseconds are easier read so. */
  private static Optional<Metric> inMicros(Metric metric) {
    if (!metric.unit().equals("ns/op")
        || metric.value() == null
        || metric.lo() == null
        || metric.hi() == null
        || metric.n() == null) {
      return Optional.empty();
    }
    Estimate micros =
        new Estimate(
            metric.value() / NANOS_PER_MICRO,
            metric.lo() / NANOS_PER_MICRO,
            metric.hi() / NANOS_PER_MICRO,
            metric.n());
    Evidence evidence = metric.evidence();
    return Optional.of(Metric.estimated(metric.name(), "µs/op", evidence, micros));
  }
}
