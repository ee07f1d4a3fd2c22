-- The sessions of Statewise in H2, from 2.2.220 on. Another prefix than sw_ is one of yours.
-- Instants are milliseconds since 1970 in UTC; durations are milliseconds.

CREATE TABLE IF NOT EXISTS sw_session (
  session_key  VARCHAR(15)        NOT NULL PRIMARY KEY,
  format       SMALLINT           NOT NULL, -- 1; a row of a higher one is of a newer node
  version      BIGINT             NOT NULL,
  write_tag    BIGINT             NOT NULL, -- random; tells a write sent twice from two writes
  secret_hash  VARBINARY(32)      NOT NULL,
  created_at   BIGINT             NOT NULL,
  last_seen    BIGINT             NOT NULL,
  idle_timeout BIGINT             NOT NULL,
  absolute_end BIGINT             NOT NULL,
  subject      VARBINARY(1048576) NOT NULL, -- UTF-8, so that no collation makes two users one
  subject_hash BIGINT,                      -- the index's; null for an anonymous session
  attributes   VARBINARY(1048576) NOT NULL, -- let it be a BLOB for states above 1 MiB
  kept_until   BIGINT             NOT NULL  -- by the database's clock: what the sweeper goes by
);

CREATE INDEX IF NOT EXISTS sw_session_subject ON sw_session (subject_hash);

CREATE INDEX IF NOT EXISTS sw_session_kept ON sw_session (kept_until);

-- What a login within a limit, and a logout everywhere, hold for a moment: 1,024 rows at the most.
CREATE TABLE IF NOT EXISTS sw_stripe (
  stripe INTEGER NOT NULL PRIMARY KEY
);
