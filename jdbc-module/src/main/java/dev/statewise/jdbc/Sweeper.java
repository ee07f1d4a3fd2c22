package dev.statewise.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Deletes rows that nobody needs any more, a batch at a time.
 *
 * <p>Each batch is a transaction that locks what it found and passes over what others have locked:
 * so nodes that sweep at once share the work, and a touch, or a floor, that came first is never
 * undone.
 *
 * @param findExpired the key of a row and until when it is kept, from then on, so many
 */
record Sweeper(SqlCalls calls, String findExpired, String deleteExpired) {

  /** How many rows one statement takes; the statement that deletes has so many parameters. */
  static final int BATCH = 100;

  /**
   * Of a table whose rows are kept until {@code kept_until}, if this version knows their format.
   */
  static Sweeper of(SqlCalls calls, String table, String key, int format) {
    Dialect dialect = calls.dialect();
    String isOver = " < " + dialect.now() + " AND format <= " + format;
    String find =
        "SELECT "
            + key
            + ", kept_until"
            + dialect.endsWhenCutOff()
            + " FROM "
            + table
            + " WHERE kept_until >= ? AND kept_until"
            + isOver
            + " ORDER BY kept_until LIMIT ? FOR UPDATE SKIP LOCKED";
    String delete =
        "DELETE FROM "
            + table
            + " WHERE "
            + key
            + " IN ("
            + String.join(", ", Collections.nCopies(BATCH, "?"))
            + ") AND kept_until + 0" // of no index: it would be gone through for each batch
            + isOver;
    return new Sweeper(calls, find, delete);
  }

  private record Expired(String key, long keptUntil) {}

  /**
   * @return how many were deleted, at most {@code limit}
   */
  int sweep(int limit) {
    int swept = 0;
    long from = 0;
    while (swept < limit) {
      int wanted = Math.min(BATCH, limit - swept);
      long begin = from;
      Batch batch = calls.inTransaction("SWEEP", at -> deleteBatch(at, begin, wanted));
      swept += batch.deleted;
      if (batch.found < wanted) {
        break;
      }
      // Where entries that were deleted just now are still in the index, and need not be read.
      from = batch.last;
    }
    return swept;
  }

  private record Batch(int found, int deleted, long last) {}

  private Batch deleteBatch(Statements at, long from, int wanted) throws SQLException {
    List<Expired> found =
        at.query(findExpired, row -> new Expired(row.getString(1), row.getLong(2)), from, wanted);
    if (found.isEmpty()) {
      return new Batch(0, 0, from);
    }
    Object[] keys = new Object[BATCH];
    Arrays.fill(keys, found.get(0).key());
    for (int i = 0; i < found.size(); i++) {
      keys[i] = found.get(i).key();
    }
    int deleted = at.update(deleteExpired, keys);
    return new Batch(found.size(), deleted, found.get(found.size() - 1).keptUntil());
  }
}
