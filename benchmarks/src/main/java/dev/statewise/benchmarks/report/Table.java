package dev.statewise.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as all reports show it.
 *
 * @param columns the heads, that of the rows' names first
 * @param rows each a name and as many cells as there are columns after the first
 * @param footnotes why cells have no value, in the order of their marks
 */
record Table(String caption, List<Column> columns, List<Row> rows, List<Footnote> footnotes) {

  /**
   * A table whose absent cells are marked, with the reasons below it.
   *
   * @param heads of the columns
   */
  static Table of(String caption, List<String> heads, List<Row> rows) {
    return sharingFootnotes(List.of(unmarked(caption, heads, rows))).get(0);
  }

  /** A table whose absent cells still hold their reasons. */
  static Table unmarked(String caption, List<String> heads, List<Row> rows) {
    return new Table(caption, columns(heads, rows), rows, List.of());
  }

  /** The tables with marks for reasons, the same for the same reason, explained below the last. */
  static List<Table> sharingFootnotes(List<Table> unmarked) {
    Map<String, String> marks = new LinkedHashMap<>();
    List<Table> tables = new ArrayList<>();
    for (Table table : unmarked) {
      List<Row> rows = table.rows.stream().map(row -> marked(row, marks)).toList();
      boolean last = tables.size() == unmarked.size() - 1;
      tables.add(
          new Table(table.caption, table.columns, rows, last ? footnotes(marks) : List.of()));
    }
    return tables;
  }

  private static Row marked(Row row, Map<String, String> marks) {
    return new Row(
        row.name(),
        row.note(),
        row.cells().stream()
            .map(
                cell ->
                    cell.kind().equals(ABSENT) && cell.hasNote()
                        ? new Cell(
                            DASH,
                            marks.computeIfAbsent(cell.note(), unseen -> letter(marks.size())),
                            ABSENT)
                        : cell)
            .toList());
  }

  private static List<Footnote> footnotes(Map<String, String> marks) {
    return marks.entrySet().stream()
        .map(mark -> new Footnote(mark.getValue(), mark.getKey()))
        .toList();
  }

  private static final String ABSENT = "absent";
  private static final String TEXT = "text";
  private static final String DASH = "–";
  private static final int LETTERS = 26;

  boolean hasFootnotes() {
    return !footnotes.isEmpty();
  }

  /**
   * A column.
   *
   * @param kind {@code text} if it holds any, else {@code number}
   */
  record Column(String head, String kind) {}

  /** The mark in a cell and what it stands for. */
  record Footnote(String mark, String reason) {}

  /**
   * A row.
   *
   * @param note what sets it apart, small below the name; may be empty
   */
  record Row(String name, String note, List<Cell> cells) {

    boolean hasNote() {
      return !note.isEmpty();
    }
  }

  /**
   * A cell.
   *
   * @param text the value, or a dash
   * @param note an interval, or a reason; may be empty
   * @param kind {@code number}, {@code text} or {@code absent}, for its looks
   */
  record Cell(String text, String note, String kind) {

    static Cell text(String text) {
      return new Cell(text, "", TEXT);
    }

    static Cell text(String text, String note) {
      return new Cell(text, note, TEXT);
    }

    static Cell number(String text, String note) {
      return new Cell(text, note, "number");
    }

    static Cell absent(String reason) {
      return new Cell(DASH, reason, ABSENT);
    }

    boolean hasNote() {
      return !note.isEmpty();
    }
  }

  private static List<Column> columns(List<String> heads, List<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      int cell = i - 1;
      boolean text =
          i == 0 || rows.stream().anyMatch(row -> row.cells().get(cell).kind().equals(TEXT));
      columns.add(new Column(heads.get(i), text ? TEXT : "number"));
    }
    return columns;
  }

  private static String letter(int index) {
    String last = String.valueOf((char) ('a' + index % LETTERS));
    return index < LETTERS ? last : letter(index / LETTERS - 1) + last;
  }
}
