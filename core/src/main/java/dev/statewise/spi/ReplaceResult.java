package dev.statewise.spi;

/** What became of a {@link SessionStore#replace}. */
public enum ReplaceResult {
  /** The successor is stored. */
  REPLACED,
  /** The session has moved on since the successor's version was read. Nothing was written. */
  CONFLICT,
  /** There is no session of that key. Nothing was written. */
  GONE
}
