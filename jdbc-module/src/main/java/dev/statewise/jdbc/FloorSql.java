package dev.statewise.jdbc;

import java.util.Collections;

/** The statements of a revocation list, for its dialect and the names of its tables. */
final class FloorSql {

  /** How many floors a node that follows reads at once. */
  static final int PAGE = 1_000;

  /** So that a node that was cut off while it held the head does not hold up everybody's logout. */
  private static final String ENDS_WHEN_CUT_OFF =
      ", set_config('idle_in_transaction_session_timeout', '10000', true)";

  final String holdHead;
  final String addHead;
  final String moveHead;
  final String find;
  final String insert;
  final String raise;
  final String ask;
  final String page;
  final String findExpired;
  final String deleteExpired;

  FloorSql(Dialect dialect, String prefix) {
    String table = prefix + "floor";
    String heads = prefix + "floor_head";
    String now = dialect.now();
    String standing = "SELECT h.generation, h.run, h.log_position";
    String expired = " AND kept_until < " + now + " AND format <= " + FloorRow.FORMAT;

    holdHead =
        standing
            + (dialect == Dialect.POSTGRESQL ? ENDS_WHEN_CUT_OFF : "")
            + " FROM "
            + heads
            + " h WHERE h.one = 1 FOR UPDATE";
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
    findExpired =
        "SELECT name, kept_until FROM "
            + table
            + " WHERE kept_until >= ?"
            + expired
            + " ORDER BY kept_until LIMIT ? FOR UPDATE SKIP LOCKED";
    deleteExpired =
        "DELETE FROM "
            + table
            + " WHERE name IN ("
            + String.join(", ", Collections.nCopies(Sweeper.BATCH, "?"))
            + ")"
            + expired;
  }
}
