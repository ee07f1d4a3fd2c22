package dev.statewise.tck;

import dev.statewise.spi.SessionStore;
import dev.statewise.spi.SubjectIndex;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * The contract of a store's {@link SubjectIndex}: extend this and supply {@link #open}.
 *
 * <p>Each test is one rule of {@code docs/spec/session-store.md}, X1 to X5. A store whose {@code
 * subjects()} is empty skips them with that reason. The rules of the store itself are in {@link
 * SessionStoreTck}.
 */
public abstract class SubjectIndexTck {

  /** For a subclass with one method. */
  protected SubjectIndexTck() {}

  /** As {@link SessionStoreTck#open}. */
  protected abstract SessionStore open(String namespace);

  /** As {@link SessionStoreTck#lostReplies}; without it the rules X5 are skipped. */
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Optional.empty();
  }

  /** As {@link SessionStoreTck#races}. */
  protected int races() {
    return Integer.getInteger("statewise.races", 2_000);
  }

  @Nested
  @DisplayName("X1 findAll")
  final class FindAll extends FindAllRules {
    FindAll() {
      super(SubjectIndexTck.this);
    }
  }

  @Nested
  @DisplayName("X2 deleteAll")
  final class DeleteAll extends DeleteAllRules {
    DeleteAll() {
      super(SubjectIndexTck.this);
    }
  }

  @Nested
  @DisplayName("X3 admit")
  final class Admit extends AdmitRules {
    Admit() {
      super(SubjectIndexTck.this);
    }
  }

  @Nested
  @DisplayName("X4 races")
  final class Races extends IndexRaceRules {
    Races() {
      super(SubjectIndexTck.this);
    }
  }

  @Nested
  @DisplayName("X5 lost replies")
  final class Resends extends IndexResendRules {
    Resends() {
      super(SubjectIndexTck.this);
    }
  }
}
