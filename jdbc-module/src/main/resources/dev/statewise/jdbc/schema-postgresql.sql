-- The sessions of Statewise in PostgreSQL, from 12 on. Another prefix than sw_ is one of yours.
-- Instants are milliseconds since 1970 in UTC; durations are milliseconds.

CREATE TABLE IF NOT EXISTS sw_session (
  session_key  varchar(15) COLLATE "C" NOT NULL PRIMARY KEY,
  format       smallint NOT NULL, -- 1; a row of a higher one is of a newer node
  version      bigint   NOT NULL,
  write_tag    bigint   NOT NULL, -- random; tells a write sent twice from two writes
  secret_hash  bytea    NOT NULL,
  created_at   bigint   NOT NULL,
  last_seen    bigint   NOT NULL,
  idle_timeout bigint   NOT NULL,
  absolute_end bigint   NOT NULL,
  subject      bytea    NOT NULL, -- UTF-8, so that no collation makes two users one
  subject_hash bigint,            -- the index's; null for an anonymous session
  attributes   bytea    NOT NULL,
  kept_until   bigint   NOT NULL  -- by the database's clock: what the sweeper goes by
);

CREATE INDEX IF NOT EXISTS sw_session_subject ON sw_session (subject_hash);

CREATE INDEX IF NOT EXISTS sw_session_kept ON sw_session (kept_until);

-- What a login within a limit, and a logout everywhere, hold for a moment: 1,024 rows at the most.
CREATE TABLE IF NOT EXISTS sw_stripe (
  stripe integer NOT NULL PRIMARY KEY
);
