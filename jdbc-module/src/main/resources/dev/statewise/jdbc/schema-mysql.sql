-- The sessions of Statewise in MySQL, from 8.0.13 on, and MariaDB, from 10.6 on. Another prefix
-- than sw_ is one of yours. Instants are milliseconds since 1970 in UTC; durations are milliseconds.

CREATE TABLE IF NOT EXISTS sw_session (
  session_key  VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  format       SMALLINT      NOT NULL, -- 1; a row of a higher one is of a newer node
  version      BIGINT        NOT NULL,
  write_tag    BIGINT        NOT NULL, -- random; tells a write sent twice from two writes
  secret_hash  VARBINARY(32) NOT NULL,
  created_at   BIGINT        NOT NULL,
  last_seen    BIGINT        NOT NULL,
  idle_timeout BIGINT        NOT NULL,
  absolute_end BIGINT        NOT NULL,
  subject      LONGBLOB      NOT NULL, -- UTF-8, so that no collation makes two users one
  subject_hash BIGINT,                 -- the index's; null for an anonymous session
  attributes   LONGBLOB      NOT NULL, -- max_allowed_packet bounds it too
  kept_until   BIGINT        NOT NULL, -- by the database's clock: what the sweeper goes by
  INDEX sw_session_subject (subject_hash),
  INDEX sw_session_kept (kept_until)
) ENGINE = InnoDB;

-- What a login within a limit, and a logout everywhere, hold for a moment: 1,024 rows at the most.
CREATE TABLE IF NOT EXISTS sw_stripe (
  stripe INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB;
