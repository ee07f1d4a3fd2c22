package dev.statewise.spi;

import dev.statewise.session.SessionKey;
import java.util.List;

/** What became of a {@link SubjectIndex#admit}. */
public sealed interface Admission {

  /**
   * The session is stored.
   *
   * @param ended the sessions that were ended to make room, oldest first; without {@code instead}
   */
  record Admitted(List<SessionKey> ended) implements Admission {
    public Admitted {
      ended = List.copyOf(ended);
    }
  }

  /** The subject already has its share, and the overflow is to refuse. Nothing was written. */
  record LimitReached() implements Admission {}

  /** The key is taken by another session. Nothing was written. */
  record KeyTaken() implements Admission {}
}
