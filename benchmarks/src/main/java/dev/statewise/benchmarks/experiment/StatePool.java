package dev.statewise.benchmarks.experiment;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Validation;
import java.util.Optional;

/** Sessions of one size that are read, and of which one attribute is changed again and again. */
final class StatePool {

  /** How many bytes of state a pool has at most, so that all stores together fit in memory. */
  private static final int MOST_BYTES = 2 << 20;

  private final Sessions sessions;
  private final Credential[] credentials;
  private final Session[] latest;
  private final boolean[] changed;
  private final String[] values;

  private StatePool(Sessions sessions, StateSize size, Grant first, int count) {
    this.sessions = sessions;
    this.credentials = new Credential[count];
    this.latest = new Session[count];
    this.changed = new boolean[count];
    this.values =
        new String[] {
          first.session().attributes().getOrDefault(StateSize.CHANGED, ""), size.other()
        };
    for (int i = 0; i < count; i++) {
      Grant grant = i == 0 ? first : open(sessions, i, size).grantOrThrow();
      credentials[i] = grant.credential();
      latest[i] = grant.session();
    }
  }

  /**
   * Opens its sessions.
   *
   * @param most how many, if they are small; a power of two
   * @return why there are none, if the state is too large for the store
   */
  static Opened open(Sessions sessions, StateSize size, int most) {
    OpenResult first = open(sessions, 0, size);
    if (first instanceof TooLarge tooLarge) {
      return new Opened(
          Optional.empty(),
          "does not fit: %s bytes, and the store takes at most %s"
              .formatted(Numbers.exact(tooLarge.bytes()), Numbers.exact(tooLarge.limit())));
    }
    int count = Math.max(1, Math.min(most, MOST_BYTES / size.bytes()));
    return new Opened(Optional.of(new StatePool(sessions, size, first.grantOrThrow(), count)), "");
  }

  /**
   * A pool, or why there is none.
   *
   * @param whyNot empty if there is one
   */
  record Opened(Optional<StatePool> pool, String whyNot) {}

  private static OpenResult open(Sessions sessions, int at, StateSize size) {
    return sessions.open("user-%05d".formatted(at), size.attributes());
  }

  Task.Body body(StateOperation operation) {
    return switch (operation) {
      case READ -> this::read;
      case CHANGE -> this::change;
    };
  }

  private int read(int index) {
    int at = index & (credentials.length - 1);
    return sessions.validate(credentials[at]) instanceof Validation.Accepted accepted
        ? accepted.session().attributes().values().stream().mapToInt(String::length).sum()
        : -1;
  }

  private int change(int index) {
    int at = index & (latest.length - 1);
    String value = values[changed[at] ? 0 : 1];
    SaveResult answer =
        sessions.update(latest[at], session -> session.with(StateSize.CHANGED, value));
    if (!(answer instanceof SaveResult.Saved saved)) {
      return -1;
    }
    latest[at] = saved.session();
    changed[at] = !changed[at];
    return value.length();
  }
}
