package dev.statewise.spi;

/** What happens to a login that would exceed the limit of sessions a subject may have. */
public enum Overflow {
  /** It is refused. */
  REFUSE,
  /** The sessions that were created first are ended to make room. */
  END_OLDEST
}
