package dev.statewise.benchmarks.report;

import java.util.List;

/**
 * A table as all reports show it.
 *
 * @param columns the heads, that of the rows' names first
 * @param rows each a name and as many cells as there are columns after the first
 */
record Table(String caption, List<String> columns, List<Row> rows) {

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
   * @param note an interval or a reason, small; may be empty
   * @param kind {@code number}, {@code text} or {@code absent}, for its looks
   */
  record Cell(String text, String note, String kind) {

    static Cell text(String text) {
      return new Cell(text, "", "text");
    }

    static Cell number(String text, String note) {
      return new Cell(text, note, "number");
    }

    static Cell absent(String reason) {
      return new Cell("–", reason, "absent");
    }

    boolean hasNote() {
      return !note.isEmpty();
    }
  }
}
