package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** What the rules of a store begin with: a handle on a state in which there is nothing. */
abstract class StoreRules extends Handles<SessionStore> {

  final SessionStoreTck kit;
  SessionStore store;

  @SuppressWarnings("NullAway.Init") // JUnit opens the store before each rule
  StoreRules(SessionStoreTck kit) {
    super(kit::open);
    this.kit = kit;
  }

  @BeforeEach
  final void openStore() {
    store = open();
  }

  final Session created(Session session) {
    return created(store, session);
  }

  static Session created(SessionStore store, Session session) {
    assertTrue(store.create(session), "create() of a new session must answer true");
    return session;
  }

  static Session replaced(SessionStore store, Session next) {
    assertEquals(
        ReplaceResult.REPLACED, store.replace(next), "replace() with the successor must replace");
    return next;
  }

  final void assertFound(Session expected, String message) {
    assertFound(store, expected, message);
  }

  static void assertFound(SessionStore store, Session expected, String message) {
    Optional<Session> found = store.findCurrent(expected.key());
    assertTrue(found.isPresent(), message + ": nothing was found");
    Difference.assertSame(expected, found.get(), message);
  }

  final void assertGone(Session session, String message) {
    assertEquals(Optional.empty(), store.findCurrent(session.key()), message);
  }
}
