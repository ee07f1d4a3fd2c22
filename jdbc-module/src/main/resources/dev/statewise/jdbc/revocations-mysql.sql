-- The refusals of Statewise in MySQL, from 8.0.13 on, and MariaDB, from 10.6 on. Another prefix
-- than sw_ is one of yours. Instants are milliseconds since 1970 in UTC.

CREATE TABLE IF NOT EXISTS sw_floor (
  name         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- a session key, a hash of a subject, or: all
  format       SMALLINT NOT NULL, -- 1; a row of a higher one is of a newer node
  floor        BIGINT   NOT NULL, -- what is below is refused: a version, or when it was created
  write_tag    BIGINT   NOT NULL, -- random; tells a call made twice from two calls
  kept_until   BIGINT   NOT NULL, -- by the database's clock: what the sweeper goes by
  log_position BIGINT   NOT NULL, -- of its last change, in the order of the commits
  UNIQUE INDEX sw_floor_position (log_position),
  INDEX sw_floor_kept (kept_until)
) ENGINE = InnoDB;

-- One row, which whoever raises a floor holds until he commits.
CREATE TABLE IF NOT EXISTS sw_floor_head (
  one          SMALLINT NOT NULL PRIMARY KEY, -- 1
  generation   BIGINT   NOT NULL, -- moves on when refusals were lost
  run          BIGINT   NOT NULL, -- random; tells two beginnings apart
  log_position BIGINT   NOT NULL  -- of the last change
) ENGINE = InnoDB;
