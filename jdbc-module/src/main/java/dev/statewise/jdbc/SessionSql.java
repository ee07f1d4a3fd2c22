package dev.statewise.jdbc;

import dev.statewise.spi.SessionCodec;

/** The statements of a store, for its dialect and the names of its tables. */
final class SessionSql {

  private static final String READ =
      "SELECT session_key, format, version, secret_hash, created_at, last_seen, idle_timeout, absolute_end, subject, attributes FROM ";

  /** From the row itself, so that nothing but the database's clock says when it may go. */
  private static final String KEPT_UNTIL =
      "%s + GREATEST(0, LEAST(%s, %s - GREATEST(last_seen, ?))) + "
          + JdbcSessionStore.MARGIN.toMillis();

  final String insert;
  final String find;
  final String findFormat;
  final String findTaken;
  final String findVersion;
  final String replace;
  final String touch;
  final String delete;
  final String findAll;
  final String findAllAndOne;
  final String findNewerOfAll;
  final String deleteAll;
  final String holdStripe;
  final String addStripe;

  SessionSql(Dialect dialect, String prefix) {
    String table = prefix + "session";
    String stripes = prefix + "stripe";
    String now = dialect.now();
    String byKey = " WHERE session_key = ?";
    String known = " AND format <= " + SessionCodec.FORMAT;
    String own = " AND format = " + SessionCodec.FORMAT;
    String bySubject = " WHERE subject_hash = ? AND subject = ?";

    insert =
        "INSERT INTO "
            + table
            + " (session_key, format, version, write_tag, secret_hash, created_at, last_seen, idle_timeout, absolute_end, subject, subject_hash, attributes, kept_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            + now
            + " + ?)";
    find = READ + table + byKey;
    findFormat = "SELECT format FROM " + table + byKey;
    findTaken = "SELECT format, secret_hash FROM " + table + byKey;
    findVersion = "SELECT format, version, write_tag FROM " + table + byKey;
    replace =
        "UPDATE "
            + table
            + " SET kept_until = "
            + KEPT_UNTIL.formatted(now, "?", "?")
            + ", version = ?, write_tag = ?, secret_hash = ?, created_at = ?, last_seen = GREATEST(last_seen, ?), idle_timeout = ?, absolute_end = ?, subject = ?, subject_hash = ?, attributes = ?"
            + byKey
            + " AND version = ?"
            + own;
    touch =
        "UPDATE "
            + table
            + " SET kept_until = "
            + KEPT_UNTIL.formatted(now, "idle_timeout", "absolute_end")
            + ", last_seen = GREATEST(last_seen, ?)"
            + byKey
            + own;
    delete = "DELETE FROM " + table + byKey + known;
    findAll = READ + table + bySubject;
    findAllAndOne =
        READ + table + byKey + " UNION ALL " + READ + table + bySubject + " AND session_key <> ?";
    findNewerOfAll =
        "SELECT session_key FROM " + table + bySubject + " AND format > " + SessionCodec.FORMAT;
    deleteAll = "DELETE FROM " + table + bySubject + known;
    holdStripe =
        "SELECT stripe"
            + dialect.endsWhenCutOff()
            + " FROM "
            + stripes
            + " WHERE stripe = ? FOR UPDATE";
    addStripe = "INSERT INTO " + stripes + " (stripe) VALUES (?)";
  }
}
