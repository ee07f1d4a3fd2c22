package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S7: two handles see one state, two namespaces never do. */
abstract class IsolationRules extends StoreRules {

  IsolationRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S7.1 a session that one handle creates MUST be found through another")
  void sharedCreate() {
    SessionStore other = open();

    Session session = created(Sample.session());

    assertFound(other, session, "a request that reaches another node is not recognised");
  }

  @Test
  @DisplayName("S7.2 a session that one handle deletes MUST be gone for writes through another")
  void sharedDelete() {
    SessionStore other = open();
    Session session = created(Sample.session());
    other.find(session.key());

    store.delete(session.key());

    assertFalse(other.touch(session.key(), Sample.NOW), "another node still touches it");
    assertEquals(
        ReplaceResult.GONE, other.replace(session.next(Sample.NOW)), "another node still saves it");
    assertEquals(Optional.empty(), other.findCurrent(session.key()), "another node still has it");
  }

  @Test
  @DisplayName("S7.3 a save through one handle MUST conflict with an older one through another")
  void sharedVersions() {
    SessionStore other = open();
    Session session = created(Sample.session());
    other.find(session.key());

    replaced(store, session.with("cart", "43").next(Sample.NOW));
    ReplaceResult late = other.replace(session.with("cart", "0").next(Sample.NOW));

    assertEquals(ReplaceResult.CONFLICT, late, "a save by another node was lost");
  }

  @Test
  @DisplayName("S7.4 a namespace MUST NOT see the sessions of another")
  void namespacesAreApart() {
    Session session = created(Sample.session());

    for (SessionStore stranger : strangers()) {
      assertEquals(
          Optional.empty(),
          stranger.find(session.key()),
          "one application sees the sessions of another");
    }
  }

  @Test
  @DisplayName("S7.5 a write in one namespace MUST NOT change a session in another")
  void writesStayInTheirNamespace() {
    Session session = created(Sample.session());

    for (SessionStore stranger : strangers()) {
      Session same = created(stranger, Sample.like(session).secretHash(Sample.freshHash()).build());
      stranger.touch(same.key(), Sample.NOW.plusSeconds(1));
      stranger.replace(same.with("cart", "0").next(Sample.NOW));
      stranger.delete(same.key());
    }

    assertFound(session, "one application changed the session of another");
  }

  @Test
  @DisplayName("S7.6 closing one handle MUST leave another one working")
  void closeLeavesOthers() {
    SessionStore other = open();
    Session session = created(Sample.session());

    other.close();

    assertFound(session, "close() closed what it did not open");
    assertTrue(store.delete(session.key()), "close() closed what it did not open");
  }

  @Test
  @DisplayName("S7.7 closing a handle twice MUST be harmless")
  void closeTwice() {
    SessionStore other = open();

    other.close();
    other.close();

    created(Sample.session());
  }

  private List<SessionStore> strangers() {
    return List.of(
        open(namespace + "b"),
        open(namespace + ":b"),
        open(namespace.substring(0, namespace.length() - 1) + "x"),
        open("x" + namespace));
  }
}
