package dev.statewise.jdbc;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one session: each a statement that writes if it may, and where it wrote nothing a
 * second one that says why.
 */
record SessionWrites(SqlCalls calls, SessionSql sql) {

  boolean create(Session session) {
    @Nullable Object[] row = SessionRow.inserted(session);
    return calls.ask("CREATE", at -> create(at, session, row));
  }

  private boolean create(Statements at, Session session, @Nullable Object[] row)
      throws SQLException {
    SQLException taken;
    do {
      try {
        at.update(sql.insert, row);
        return true;
      } catch (SQLException e) {
        taken = e;
      }
      if (!Dialect.isTaken(taken)) {
        throw taken;
      }
      Optional<Boolean> own =
          at.first(
              sql.findTaken,
              found -> {
                requireKnown("CREATE", session.key().text(), found.getInt(1));
                return Arrays.equals(found.getBytes(2), session.secretHash().bytes());
              },
              session.key().text());
      if (own.isPresent()) {
        return own.get();
      }
      // What had the key was deleted meanwhile.
    } while (!at.isTimeOver());
    throw taken;
  }

  ReplaceResult replace(Session next) {
    long tag = SessionRow.newTag();
    @Nullable Object[] row = SessionRow.replaced(next, tag);
    return calls.ask(
        "REPLACE",
        at -> at.update(sql.replace, row) > 0 ? ReplaceResult.REPLACED : why(at, next, tag));
  }

  private ReplaceResult why(Statements at, Session next, long tag) throws SQLException {
    return at.first(
            sql.findVersion,
            found -> {
              int format = requireKnown("REPLACE", next.key().text(), found.getInt(1));
              if (format != SessionCodec.FORMAT) {
                return ReplaceResult.GONE;
              }
              return found.getLong(2) == next.version() && found.getLong(3) == tag
                  ? ReplaceResult.REPLACED
                  : ReplaceResult.CONFLICT;
            },
            next.key().text())
        .orElse(ReplaceResult.GONE);
  }

  boolean touch(SessionKey key, Instant lastSeen) {
    long seen = Clamped.millis(lastSeen);
    String text = key.text();
    return calls.ask(
        "TOUCH", at -> at.update(sql.touch, seen, seen, text) > 0 || isThere(at, text));
  }

  boolean delete(SessionKey key) {
    String text = key.text();
    return calls.ask("DELETE", at -> delete(at, text));
  }

  private boolean delete(Statements at, String key) throws SQLException {
    if (at.update(sql.delete, key) > 0) {
      return true;
    }
    at.first(sql.findFormat, found -> requireKnown("DELETE", key, found.getInt(1)), key);
    return false; // and if one is there now, it came after the deletion
  }

  /**
   * After a touch that wrote nothing: always false, but for a driver that counts only the rows that
   * it changed.
   *
   * @throws StoreUnavailableException if a row of a newer format is there
   */
  private boolean isThere(Statements at, String key) throws SQLException {
    return at.first(
            sql.findFormat,
            found -> requireKnown("TOUCH", key, found.getInt(1)) == SessionCodec.FORMAT,
            key)
        .orElse(false);
  }

  private static int requireKnown(String verb, String key, int format) {
    if (format > SessionCodec.FORMAT) {
      throw new Outages(verb).newer(key);
    }
    return format;
  }
}
