package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.rig.Task;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * Looks one live session up after another, in another order than they were opened in. An id comes
 * as text of its own, made just before the slice, as one does that was just read from a connection;
 * its hash is not known yet.
 */
final class Lookups implements Task.Body {

  /** How many lookups a slice may have. */
  static final int MOST = 4_096;

  /**
   * How many go before each slice and are not timed: other tasks have had the caches meanwhile. So
   * few sessions are near again then, as they are where nothing else goes on, and many are not.
   */
  private static final int BEFORE = 10_000;

  private final ToIntFunction<String> request;
  private final String[] ids;
  private final String[] arrived;
  private int from;
  private int next;
  private int found;

  /**
   * @param ids of all live sessions; shuffled here
   * @param request looks one up; negative exactly if it is not there
   */
  Lookups(List<String> ids, ToIntFunction<String> request) {
    Collections.shuffle(ids, new Random(ids.size()));
    this.ids = ids.toArray(String[]::new);
    this.request = request;
    this.arrived = new String[MOST];
  }

  Task task(String arm, LiveSessions live) {
    return new Task(arm, live.operation(), this, this::arrive, MOST);
  }

  private void arrive() {
    for (int i = 0; i < BEFORE; i++) {
      found += request.applyAsInt(id());
    }
    for (int i = 0; i < arrived.length; i++) {
      arrived[i] = id();
    }
    next = 0;
  }

  private String id() {
    String id = ids[from];
    from = from + 1 == ids.length ? 0 : from + 1;
    return String.valueOf(id.toCharArray());
  }

  @Override
  public int once(int index) {
    return request.applyAsInt(arrived[next++ & (MOST - 1)]);
  }

  /** What was found untimed, all together: somebody may ask, so that it cannot be left out. */
  int found() {
    return found;
  }
}
