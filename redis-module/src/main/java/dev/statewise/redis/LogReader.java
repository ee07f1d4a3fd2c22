package dev.statewise.redis;

/**
 * Reads what is new in the log into a node's memory while the caller waits. It is how a node of a
 * Cluster asks: the floors that decide lie in several slots, and the log has them all.
 */
final class LogReader {

  private final RedisCalls calls;
  private final ListSettings settings;
  private final Generation generation;
  private final LocalFloors local;

  LogReader(RedisCalls calls, ListSettings settings, Generation generation, LocalFloors local) {
    this.calls = calls;
    this.settings = settings;
    this.generation = generation;
    this.local = local;
  }

  /**
   * Returns when all is in memory that was in the log when this was called.
   *
   * @param from up to where it is there already
   * @return up to where it is there now
   */
  String catchUp(String verb, String from) {
    String cursor = from;
    boolean atTheEnd;
    do {
      LogPage page = read(verb, cursor);
      generation.saw(page.since());
      boolean follows = page.follows(cursor);
      if (follows) {
        page.entries().forEach(local::raise);
      }
      cursor = follows ? page.cursor() : LogPage.START;
      atTheEnd = follows && page.reachesTheEnd();
    } while (!atTheEnd);
    return cursor;
  }

  private LogPage read(String verb, String cursor) {
    return calls.ask(
        verb, client -> LogPage.after(cursor, client::executeCommand, settings, generation));
  }
}
