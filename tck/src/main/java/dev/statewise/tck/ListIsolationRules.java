package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R6: two handles are one list, two namespaces never are. */
abstract class ListIsolationRules extends ListRules {

  ListIsolationRules(RevocationListTck kit) {
    super(kit);
  }

  @Test
  @DisplayName(
      "R6.1 a refusal through one handle MUST be seen through another within the staleness it states")
  void sharedRefusals() {
    RevocationList other = open();
    SessionKey key = key();
    other.isRefused(token(key, 4));

    list.refuseBelow(key, 5, UNTIL);

    assertRefusedInTime(other, token(key, 4), "another node still accepts it");
  }

  @Test
  @DisplayName("R6.2 a namespace MUST NOT see the refusals of another")
  void namespacesAreApart() {
    SessionKey key = key();
    list.refuseBelow(key, Long.MAX_VALUE, UNTIL);
    list.refuseCreatedBefore("alice", NOW, UNTIL);
    list.refuseAllCreatedBefore(NOW, UNTIL);

    for (String name : List.of(namespace + "b", namespace + ":b", "x" + namespace)) {
      RevocationList stranger = open(name);

      assertFalse(stranger.isRefused(token(key, 4)), "another application's logout");
      assertFalse(stranger.isRefused(token("alice", NOW.minus(MILLI))), "another's logout");
      assertEquals(Instant.EPOCH, stranger.floor("alice"), "another application's floor");
    }
  }

  @Test
  @DisplayName("R6.3 closing one handle MUST leave another one working")
  void closeLeavesOthers() {
    RevocationList other = open();
    SessionKey key = key();
    list.refuseBelow(key, 5, UNTIL);

    other.close();

    assertRefused(token(key, 4), "close() closed what it did not open");
  }

  @Test
  @DisplayName("R6.4 closing a handle twice MUST be harmless")
  void closeTwice() {
    RevocationList other = open();

    other.close();
    other.close();

    assertGood(token(key(), 1), "nobody refused it");
  }

  @Test
  @DisplayName("R6.5 the traits MUST NOT change")
  void traitsAreConstant() {
    ListTraits before = list.traits();

    list.refuseBelow(key(), 5, UNTIL);
    list.refuseAllCreatedBefore(NOW, UNTIL);

    assertEquals(before, list.traits(), "the guarantees were derived from traits that changed");
    assertEquals(before, open().traits(), "two handles on one list promise different things");
  }

  @Test
  @DisplayName("R6.6 the interrupt flag MUST still be set after a call on an interrupted thread")
  void interruptFlag() {
    Session session = token(key(), 4);

    Thread.currentThread().interrupt();
    callsThatMayBeUnavailable(session);
    boolean flag = Thread.interrupted();

    assertTrue(flag, "a call swallowed the interrupt, so nobody can stop this thread");
  }

  private void callsThatMayBeUnavailable(Session session) {
    List<Runnable> calls =
        List.of(
            () -> list.refuseBelow(session.key(), 5, UNTIL),
            () -> list.refuseCreatedBefore("alice", NOW, UNTIL),
            () -> list.floor("alice"),
            () -> list.isRefused(session));
    for (Runnable call : calls) {
      try {
        call.run();
      } catch (StoreUnavailableException allowed) {
        assertTrue(allowed.getMessage() != null, "an outage must say what happened");
      }
    }
  }
}
