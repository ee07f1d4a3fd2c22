package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S1: what create does. */
abstract class CreateRules extends StoreRules {

  CreateRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S1.1 a created session MUST be found under its key")
  void createdIsFound() {
    Session session = Sample.session();

    boolean created = store.create(session);

    assertTrue(created, "the key was free");
    assertTrue(store.find(session.key()).isPresent(), "a session that was created is not there");
  }

  @Test
  @DisplayName("S1.2 create MUST answer false if the key is taken by another session")
  void takenKeyIsRefused() {
    Session session = created(Sample.session());
    Session other = Sample.of("alice").key(session.key()).build();

    boolean created = store.create(other);

    assertFalse(created, "two owners were told that the session is theirs");
  }

  @Test
  @DisplayName("S1.3 create MUST NOT overwrite the session that has the key")
  void takenKeyIsLeftAlone() {
    Session session = created(Sample.session());
    Session other = Sample.of("alice").key(session.key()).build();

    store.create(other);

    assertFound(session, "the session was taken over");
  }

  @Test
  @DisplayName("S1.4 create MUST answer true to its own session again")
  void ownSessionAgain() {
    Session session = created(Sample.session());

    boolean again = store.create(session);

    assertTrue(again, "the same secret hash under the key is the caller's own session");
  }

  @Test
  @DisplayName("S1.5 create of its own session again MUST NOT undo what was written since")
  void ownSessionAgainChangesNothing() {
    Session session = created(Sample.session());
    Session saved =
        replaced(store, session.with("cart", "43").next(session.lastSeen().plusSeconds(1)));

    store.create(session);

    assertFound(saved, "a late copy of the create undid a save");
  }

  @Test
  @DisplayName("S1.6 create MUST store a session of whatever version")
  void anyVersion() {
    Session session = created(Sample.of("alice").version(7).build());

    assertFound(session, "a session may be moved from another store and keeps its version");
  }
}
