package dev.statewise.tck;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * The contract of a {@link SessionStore}: extend this and supply {@link #open}.
 *
 * <p>Each test is one rule of {@code docs/spec/session-store.md}, S1 to S10. The rules of a subject
 * index are in {@link SubjectIndexTck}.
 */
public abstract class SessionStoreTck {

  /** For a subclass with one method. */
  protected SessionStoreTck() {}

  /**
   * A handle on the state of {@code namespace}. The same name twice, also at once: two handles on
   * one state. Another name: a state that never sees the first. The kit closes every handle.
   *
   * @param namespace letters, digits, {@code -} and {@code :}, at most 40 characters; new for each
   *     test, so that what was there need not be removed
   */
  protected abstract SessionStore open(String namespace);

  /**
   * A handle on the state of {@code namespace} whose replies can be lost. Without one the rules S9
   * are skipped with that reason.
   */
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Optional.empty();
  }

  /**
   * For how long the server beneath will still keep the session under {@code key}, as the server
   * itself says: its time to live, or what its own clock leaves of an expiry column. Without it the
   * rules S10 are skipped with that reason.
   *
   * @return to the millisecond; zero if it keeps none, and the duration of {@link
   *     java.time.temporal.ChronoUnit#FOREVER} if it keeps it without an end
   */
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return Optional.empty();
  }

  /**
   * How many rounds each race runs; by default the system property {@code statewise.races}, else
   * 2,000. A store whose round takes milliseconds may run fewer.
   */
  protected int races() {
    return Integer.getInteger("statewise.races", 2_000);
  }

  @Nested
  @DisplayName("S1 create")
  final class Create extends CreateRules {
    Create() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S2 find")
  final class Find extends FindRules {
    Find() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S3 replace")
  final class Replace extends ReplaceRules {
    Replace() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S4 touch")
  final class Touch extends TouchRules {
    Touch() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S5 delete")
  final class Delete extends DeleteRules {
    Delete() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S6 traits, sizes and text")
  final class State extends StateRules {
    State() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S7 namespaces and handles")
  final class Isolation extends IsolationRules {
    Isolation() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S8 races")
  final class Races extends StoreRaceRules {
    Races() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S9 lost replies")
  final class Resends extends StoreResendRules {
    Resends() {
      super(SessionStoreTck.this);
    }
  }

  @Nested
  @DisplayName("S10 how long the server keeps a session")
  final class Keeping extends KeepingRules {
    Keeping() {
      super(SessionStoreTck.this);
    }
  }
}
