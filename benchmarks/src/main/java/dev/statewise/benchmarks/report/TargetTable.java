package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Targets beside what was measured and who else is good at it; every path has its row. */
final class TargetTable {

  private static final String NONE = "no target of this path is in this run";

  /** Ambition, measured and best peer. */
  private static final int BESIDE = 3;

  /** What the targets are about, in the order of their numbers, from 1. */
  private static final List<String> PATHS =
      List.of(
          "HS256 token never seen",
          "the same, its claims not read",
          "token seen before",
          "ES256 or Ed25519 token never seen",
          "validation in memory",
          "validation in Redis",
          "one attribute changed in Redis",
          "validation in Redis with a near cache",
          "hybrid with the list near",
          "memory of a session",
          "size on the wire",
          "issuing an HS256 token",
          "cost as it grows");

  private final Run run;
  private final Tables tables;

  TargetTable(Run run) {
    this.run = run;
    this.tables = new Tables(run);
  }

  Table table() {
    List<Row> rows = new ArrayList<>();
    for (int path = 1; path <= PATHS.size(); path++) {
      List<Row> own = rows(path);
      rows.addAll(own.isEmpty() ? List.of(missing(path)) : own);
    }
    return Table.of(
        "Targets, by CPU time or count; elapsed time decides nothing",
        List.of(
            "path", "target", "ambition", "measured", "best peer", "outcome", "by elapsed time"),
        rows);
  }

  private List<Row> rows(int path) {
    return run.targets().stream()
        .filter(target -> target.id().replaceAll("\\D", "").equals(String.valueOf(path)))
        .map(target -> row(path, target))
        .toList();
  }

  private Row row(int path, Target target) {
    return new Row(
        target.id(),
        PATHS.get(path - 1),
        List.of(
            Cell.text(target.text()),
            ambition(target),
            tables.cell(target.measured()),
            peer(target),
            Cell.text(target.outcome().words()),
            target.elapsed() == null
                ? Cell.absent("counted, not timed")
                : tables.cell(target.elapsed())));
  }

  private static Cell ambition(Target target) {
    return Optional.ofNullable(target.ambition())
        .map(better -> Cell.number((target.atMost() ? "≤ " : "≥ ") + Numbers.exact(better), ""))
        .orElseGet(() -> Cell.absent("none was set"));
  }

  private Cell peer(Target target) {
    Target.BestPeer peer = target.bestPeer();
    if (peer == null) {
      return Cell.absent("no peer was measured on this path");
    }
    Cell value = tables.cell(peer.metric());
    return value.kind().equals("number")
        ? Cell.number(value.text() + " " + unit(peer), peer.name())
        : value;
  }

  private static String unit(Target.BestPeer peer) {
    return peer.metric().unit().equals("ratio") ? "times" : peer.metric().unit();
  }

  private static Row missing(int path) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.text(PATHS.get(path - 1)));
    for (int i = 0; i < BESIDE; i++) {
      cells.add(Cell.absent(NONE));
    }
    cells.add(Cell.text(Target.Outcome.NOT_MEASURED.words()));
    cells.add(Cell.absent(NONE));
    return new Row("T" + path, PATHS.get(path - 1), cells);
  }
}
