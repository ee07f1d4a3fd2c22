package dev.statewise.jdbc;

import dev.statewise.session.Session;

/**
 * The floors that decide about a session, asked for at once.
 *
 * @param head where the list stood
 * @param session below which version its tokens are refused; 0 for none
 * @param created before which millisecond it must not have been created; 0 for none
 */
record Floors(Head head, long session, long created) {

  static Floors none(Head head) {
    return new Floors(head, 0, 0);
  }

  boolean refuse(Session asked) {
    return asked.version() < session || asked.createdAt().toEpochMilli() < created;
  }

  Floors and(String name, long floor) {
    return FloorName.isSession(name)
        ? new Floors(head, Math.max(session, floor), created)
        : new Floors(head, session, Math.max(created, floor));
  }

  Floors and(Floors other) {
    return new Floors(head, Math.max(session, other.session), Math.max(created, other.created));
  }
}
