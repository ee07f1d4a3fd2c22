package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Column;
import dev.statewise.benchmarks.report.Table.Footnote;
import dev.statewise.benchmarks.report.Table.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table in which a link can lead to each number: the place of a cell, by the names of its row and
 * column.
 */
record LinkedTable(
    String caption, List<Column> columns, List<LinkedRow> rows, List<Footnote> footnotes) {

  /** A row of it. */
  record LinkedRow(String name, String note, List<LinkedCell> cells) {
    boolean hasNote() {
      return !note.isEmpty();
    }
  }

  /**
   * A cell of it.
   *
   * @param id what a link to it ends in; empty if it holds no number
   */
  record LinkedCell(String id, String text, String note, String kind) {
    boolean hasNote() {
      return !note.isEmpty();
    }

    boolean hasId() {
      return !id.isEmpty();
    }
  }

  boolean hasFootnotes() {
    return !footnotes.isEmpty();
  }

  /**
   * The table with links.
   *
   * @param prefix of all of them; no other table may have it
   */
  static LinkedTable of(Table table, String prefix) {
    Set<String> taken = new HashSet<>();
    return new LinkedTable(
        table.caption(),
        table.columns(),
        table.rows().stream().map(row -> linked(table, row, prefix, taken)).toList(),
        table.footnotes());
  }

  private static LinkedRow linked(Table table, Row row, String prefix, Set<String> taken) {
    List<LinkedCell> cells = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      Cell cell = row.cells().get(i);
      String id =
          cell.kind().startsWith("number")
              ? unique(
                  prefix + "." + slug(row.name()) + "." + column(table.columns().get(i + 1)), taken)
              : "";
      cells.add(new LinkedCell(id, cell.text(), cell.note(), cell.kind()));
    }
    return new LinkedRow(row.name(), row.note(), cells);
  }

  /** A head without its unit. */
  private static String column(Column column) {
    return slug(column.head().replaceAll("[,(].*", ""));
  }

  private static String unique(String id, Set<String> taken) {
    String free = id;
    for (int i = 2; !taken.add(free); i++) {
      free = id + "-" + i;
    }
    return free;
  }

  /** Text as a part of a link. */
  static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
