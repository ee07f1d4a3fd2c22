package dev.statewise.redis;

/** What a {@link Script} answers. */
enum Reply {
  /** It is so now. */
  DONE,
  /** There is no session of that key. */
  GONE,
  /** The key is taken by another session. */
  TAKEN,
  /** The subject has as many sessions as it may. */
  LIMIT,
  /** The session has moved on. */
  CONFLICT,
  /** The floor was as high before. */
  ALREADY,
  /** What is there is of a format that only a newer node knows. */
  NEWER,
  /** What is there is not a floor. */
  UNREADABLE
}
