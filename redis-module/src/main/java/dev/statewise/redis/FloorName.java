package dev.statewise.redis;

import dev.statewise.session.SessionKey;

/**
 * Which floor: under this name it is in the log and in the memory of a node that follows.
 *
 * @param text the session key (15 characters), the hash of the subject (43), or {@link #ALL}
 * @param at where it lies
 */
// Its array is handed to a client that reads it.
@SuppressWarnings("ArrayRecordComponent")
record FloorName(String text, byte[] at) {

  static final String ALL = "all";

  private static final int SESSION_LENGTH = 15;

  static FloorName of(KeySpace keys, SessionKey session) {
    return new FloorName(session.text(), keys.sessionFloor(session));
  }

  static FloorName of(KeySpace keys, String subject) {
    return new FloorName(KeySpace.hash(subject), keys.subjectFloor(subject));
  }

  static FloorName ofAll(KeySpace keys) {
    return new FloorName(ALL, keys.floorOfAll());
  }

  /** Whether this is the name of a session's floor. */
  static boolean isSession(String text) {
    return text.length() == SESSION_LENGTH;
  }
}
