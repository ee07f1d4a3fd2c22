package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.report.LinkedTable.LinkedCell;
import dev.statewise.benchmarks.report.LinkedTable.LinkedRow;
import dev.statewise.benchmarks.report.Table.Column;
import dev.statewise.benchmarks.report.chart.Chart;
import dev.statewise.benchmarks.report.chart.Chart.Mark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A chart as a page shows it: what it says, and the table that says the same without a picture.
 *
 * @param index of the chart among all of the page
 */
record Figure(int index, String id, String title, String takeaway, LinkedTable table) {

  static Figure of(int index, Chart chart) {
    return new Figure(index, chart.id(), chart.title(), chart.takeaway(), table(chart));
  }

  private static LinkedTable table(Chart chart) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> rows = new LinkedHashSet<>();
    chart.marks().forEach(mark -> names.add(mark.column()));
    chart.marks().forEach(mark -> rows.add(mark.row()));
    List<Column> columns = new ArrayList<>(List.of(new Column(chart.rows(), "text")));
    names.forEach(name -> columns.add(new Column(name, "number")));
    return new LinkedTable(
        "%s: %s".formatted(chart.title(), values(chart)),
        columns,
        rows.stream().map(row -> row(chart, row, names)).toList(),
        List.of());
  }

  private static String values(Chart chart) {
    boolean upright = chart.kind() == Chart.Kind.LINES || chart.kind() == Chart.Kind.STEPS;
    return upright || chart.x().label().isEmpty() || chart.kind() == Chart.Kind.CELLS
        ? chart.y().label()
        : chart.x().label();
  }

  private static LinkedRow row(Chart chart, String row, Set<String> names) {
    return new LinkedRow(
        row,
        "",
        names.stream()
            .map(name -> chart.mark(row, name).map(Figure::cell).orElseGet(Figure::nothing))
            .toList());
  }

  private static LinkedCell cell(Mark mark) {
    String note =
        mark.range().isEmpty() || mark.note().isEmpty()
            ? mark.range() + mark.note()
            : mark.range() + "; " + mark.note();
    return new LinkedCell(mark.id(), mark.text(), note, "number");
  }

  private static LinkedCell nothing() {
    return new LinkedCell("", "–", "", "absent");
  }
}
