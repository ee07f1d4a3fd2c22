-- The refusals of Statewise in PostgreSQL, from 12 on. Another prefix than sw_ is one of yours.
-- Instants are milliseconds since 1970 in UTC.

CREATE TABLE IF NOT EXISTS sw_floor (
  name         varchar(64) COLLATE "C" NOT NULL PRIMARY KEY, -- a session key, a hash of a subject, or: all
  format       smallint NOT NULL, -- 1; a row of a higher one is of a newer node
  floor        bigint   NOT NULL, -- what is below is refused: a version, or when it was created
  write_tag    bigint   NOT NULL, -- random; tells a call made twice from two calls
  kept_until   bigint   NOT NULL, -- by the database's clock: what the sweeper goes by
  log_position bigint   NOT NULL  -- of its last change, in the order of the commits
);

CREATE UNIQUE INDEX IF NOT EXISTS sw_floor_position ON sw_floor (log_position);

CREATE INDEX IF NOT EXISTS sw_floor_kept ON sw_floor (kept_until);

-- One row, which whoever raises a floor holds until he commits.
CREATE TABLE IF NOT EXISTS sw_floor_head (
  one          smallint NOT NULL PRIMARY KEY, -- 1
  generation   bigint   NOT NULL, -- moves on when refusals were lost
  run          bigint   NOT NULL, -- random; tells two beginnings apart
  log_position bigint   NOT NULL  -- of the last change
) WITH (fillfactor = 50);
