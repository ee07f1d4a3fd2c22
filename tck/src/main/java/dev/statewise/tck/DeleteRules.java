package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S5: what is deleted is gone, and nothing else is. */
abstract class DeleteRules extends StoreRules {

  DeleteRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S5.1 a deleted session MUST NOT be found")
  void deletedIsGone() {
    Session session = created(Sample.session());
    store.find(session.key());

    store.delete(session.key());

    assertEquals(Optional.empty(), store.find(session.key()), "find() still answers");
    assertEquals(Optional.empty(), store.findCurrent(session.key()), "findCurrent() still answers");
  }

  @Test
  @DisplayName("S5.2 delete MUST answer true for a session that was there")
  void wasThere() {
    Session session = created(Sample.session());

    boolean wasThere = store.delete(session.key());

    assertTrue(wasThere, "the user is told that there was nothing to end");
  }

  @Test
  @DisplayName("S5.3 delete MUST answer false if there was no session")
  void wasNotThere() {
    Session session = created(Sample.session());
    store.delete(session.key());

    boolean again = store.delete(session.key());

    assertFalse(again, "one logout is counted twice");
  }

  @Test
  @DisplayName("S5.4 delete MUST leave every other session alone")
  void othersStay() {
    Session session = created(Sample.session());
    Session sameSlot = created(Sample.session());
    Session sameHandle = created(Sample.of("bob").key(sameHandle(session.key(), "bob")).build());

    store.delete(session.key());

    assertFound(sameSlot, "another session of the same subject was ended");
    assertFound(sameHandle, "a session in another slot was ended");
  }

  private static SessionKey sameHandle(SessionKey key, String subject) {
    String slot = SessionKey.draw(subject, ThreadLocalRandom.current()).slot();
    return new SessionKey(slot + key.handle());
  }
}
