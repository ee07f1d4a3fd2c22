package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * The contract of a {@link RevocationList}: extend this and supply {@link #open}.
 *
 * <p>Each test is one rule of {@code docs/spec/revocation-list.md}, R1 to R9.
 */
public abstract class RevocationListTck {

  /** For a subclass with one method. */
  protected RevocationListTck() {}

  /**
   * A handle on the refusals of {@code namespace}. The same name twice, also at once: two handles
   * on one list. Another name: a list that never sees the first. The kit closes every handle.
   *
   * @param namespace as for {@link SessionStoreTck#open}
   * @param clock what the list is to take for now; moved by hand, so a list that reads another
   *     clock may keep a refusal longer and never shorter
   */
  protected abstract RevocationList open(String namespace, InstantSource clock);

  /**
   * A handle on the refusals of {@code namespace} whose replies can be lost. Without one the rules
   * R8 are skipped with that reason.
   */
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    return Optional.empty();
  }

  /**
   * For how long the server beneath will still keep what refuses {@code session}, as the server
   * itself says: the longest of the floors that there are of its key, of its subject and of all.
   * Without it the rules R9 are skipped with that reason.
   *
   * @return as for {@link SessionStoreTck#keptFor}
   */
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return Optional.empty();
  }

  /** As {@link SessionStoreTck#races}. */
  protected int races() {
    return Integer.getInteger("statewise.races", 2_000);
  }

  @Nested
  @DisplayName("R1 the floor of a session")
  final class Sessions extends SessionFloorRules {
    Sessions() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R2 the floor of a subject")
  final class Subjects extends SubjectFloorRules {
    Subjects() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R3 the floor of all")
  final class All extends AllFloorRules {
    All() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R4 asking for a floor")
  final class Floor extends FloorRules {
    Floor() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R5 how long a refusal lasts")
  final class Lasting extends LastingRules {
    Lasting() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R6 namespaces, handles and traits")
  final class Isolation extends ListIsolationRules {
    Isolation() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R7 races")
  final class Races extends ListRaceRules {
    Races() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R8 lost replies")
  final class Resends extends ListResendRules {
    Resends() {
      super(RevocationListTck.this);
    }
  }

  @Nested
  @DisplayName("R9 how long the server keeps a refusal")
  final class Keeping extends ListKeepingRules {
    Keeping() {
      super(RevocationListTck.this);
    }
  }
}
