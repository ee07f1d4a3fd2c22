package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.ProviderCost;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of E2: a row an algorithm, a column a provider on a JDK. */
final class ProviderTables {

  /** By how much a provider must differ from the JDK's own to be coloured, and called so. */
  private static final double MUCH = 2;

  private final Tables tables;

  ProviderTables(Tables tables) {
    this.tables = tables;
  }

  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    for (String operation : List.of("verify", "sign")) {
      found.add(
          tables.pivot(
              experiment,
              "CPU time to %s, ns/op (CPU), and × what the same JDK's own takes (PAIRED)"
                  .formatted(operation),
              ProviderCost.PROVIDER,
              arm -> arm.has(Map.of("operation", operation)),
              arm -> arm.metric("cpu").map(cpu -> heat(tables.cell(cpu), arm))));
    }
    return found;
  }

  /** Whose code really did the work. */
  static List<String> implementations(Experiment experiment) {
    Map<String, List<String>> byProvider = new LinkedHashMap<>();
    for (ArmResult arm : experiment.arms()) {
      String name = arm.params().getOrDefault(ProviderCost.IMPLEMENTATION, "");
      List<String> names =
          byProvider.computeIfAbsent(
              arm.params().getOrDefault(ProviderCost.PROVIDER, ""), unseen -> new ArrayList<>());
      if (!name.isEmpty() && !names.contains(name)) {
        names.add(name);
      }
    }
    return byProvider.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(
            entry ->
                "%s is really %s.".formatted(entry.getKey(), String.join(", ", entry.getValue())))
        .toList();
  }

  private static Cell heat(Cell cell, ArmResult arm) {
    Optional<Double> ratio = arm.value("ratioToDefault");
    boolean isDefault = arm.params().getOrDefault(ProviderCost.PROVIDER, "").startsWith("jdk@");
    if (ratio.isEmpty() || isDefault) {
      return cell;
    }
    String kind = ratio.get() <= 1 / MUCH ? " faster" : ratio.get() >= MUCH ? " slower" : "";
    return new Cell(
        cell.text(), "× %s%s".formatted(Numbers.rounded(ratio.get()), kind), "number" + kind);
  }
}
