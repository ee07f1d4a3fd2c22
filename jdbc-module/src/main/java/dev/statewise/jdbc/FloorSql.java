package dev.statewise.jdbc;

/** The statements of a revocation list, for its dialect and the names of its tables. */
final class FloorSql {

  /** How many floors a node that follows reads at once. */
  static final int PAGE = 1_000;

  final String holdHead;
  final String addHead;
  final String moveHead;
  final String find;
  final String insert;
  final String raise;
  final String ask;
  final String page;

  FloorSql(Dialect dialect, String prefix) {
    String table = prefix + "floor";
    String heads = prefix + "floor_head";
    String now = dialect.now();
    String standing = "SELECT h.generation, h.run, h.log_position";

    holdHead =
        standing + dialect.endsWhenCutOff() + " FROM " + heads + " h WHERE h.one = 1 FOR UPDATE";
    addHead = "INSERT INTO " + heads + " (one, generation, run, log_position) VALUES (1, 1, ?, 0)";
    moveHead = "UPDATE " + heads + " SET generation = ?, run = ?, log_position = ? WHERE one = 1";
    find =
        "SELECT format, floor, write_tag, kept_until - "
            + now
            + " FROM "
            + table
            + " WHERE name = ?";
    insert =
        "INSERT INTO "
            + table
            + " (floor, write_tag, kept_until, log_position, format, name) VALUES (?, ?, "
            + now
            + " + ?, ?, "
            + FloorRow.FORMAT
            + ", ?)";
    raise =
        "UPDATE "
            + table
            + " SET floor = ?, write_tag = ?, kept_until = GREATEST(kept_until, "
            + now
            + " + ?), log_position = ? WHERE name = ?";
    ask =
        standing
            + ", f.name, f.format, f.floor FROM "
            + heads
            + " h LEFT JOIN "
            + table
            + " f ON f.name IN (?, ?, ?)";
    page =
        standing
            + ", f.name, f.format, f.floor, f.kept_until - "
            + now
            + ", f.log_position FROM "
            + heads
            + " h LEFT JOIN (SELECT name, format, floor, kept_until, log_position FROM "
            + table
            + " WHERE log_position > ? ORDER BY log_position LIMIT "
            + PAGE
            + ") f ON 1 = 1 ORDER BY f.log_position";
  }
}
