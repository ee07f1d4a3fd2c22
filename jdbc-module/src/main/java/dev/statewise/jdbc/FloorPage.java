package dev.statewise.jdbc;

import java.util.List;

/**
 * What was changed after a position, in the order of the commits.
 *
 * @param head where the list stood when it was read
 * @param after the position
 */
record FloorPage(Head head, long after, List<Change> changes) {

  /**
   * @param leftMillis how long it is still kept
   */
  record Change(String name, long floor, long leftMillis, long position) {}

  FloorPage {
    changes = List.copyOf(changes);
  }

  /** Whether there was nothing more when it was read. */
  boolean reachesTheEnd() {
    return changes.size() < FloorSql.PAGE;
  }

  /** Up to where whoever has read this has read. */
  Head cursor() {
    long position = changes.isEmpty() ? after : changes.get(changes.size() - 1).position();
    return new Head(head.generation(), head.run(), position);
  }
}
