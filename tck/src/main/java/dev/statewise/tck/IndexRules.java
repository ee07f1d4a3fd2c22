package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.SubjectIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** What the rules of a subject index begin with: a store in which there is nothing. */
abstract class IndexRules extends Handles<SessionStore> {

  final SubjectIndexTck kit;
  SessionStore store;
  SubjectIndex index;

  @SuppressWarnings("NullAway.Init") // JUnit opens the store before each rule
  IndexRules(SubjectIndexTck kit) {
    super(kit::open);
    this.kit = kit;
  }

  @BeforeEach
  final void openStore() {
    store = open();
    assumeTrue(
        store.subjects().isPresent(),
        "subjects() of this store is empty: it cannot find sessions by subject");
    index = indexOf(store);
  }

  static SubjectIndex indexOf(SessionStore store) {
    return store.subjects().orElseThrow();
  }

  final Session created(Session session) {
    return StoreRules.created(store, session);
  }

  final void assertListed(String subject, Session... expected) {
    List<Session> found = index.findAll(subject);
    assertEquals(keysOf(List.of(expected)), keysOf(found), "the sessions of " + subject);
    assertEquals(expected.length, found.size(), "a session was listed twice");
    for (Session session : found) {
      assertTrue(List.of(expected).contains(session), session + " is not its latest form");
    }
  }

  final void assertThere(Session session, String message) {
    assertTrue(store.findCurrent(session.key()).isPresent(), message);
  }

  final void assertGone(Session session, String message) {
    assertTrue(store.findCurrent(session.key()).isEmpty(), message);
  }

  static Set<SessionKey> keysOf(List<Session> sessions) {
    return sessions.stream().map(Session::key).collect(Collectors.toSet());
  }

  /** Two subjects whose sessions share a slot, found by search: a slot has only 18 bits. */
  static List<String> slotSharers() {
    Map<String, String> bySlot = new HashMap<>();
    for (int i = 0; ; i++) {
      String subject = "subject-" + i;
      String slot = SessionKey.draw(subject, ThreadLocalRandom.current()).slot();
      String other = bySlot.put(slot, subject);
      if (other != null) {
        return List.of(other, subject);
      }
    }
  }

  /** So many sessions of alice's, created a second apart, oldest first. */
  final List<Session> aliceHas(int count) {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sessions.add(
          created(
              Sample.of("alice")
                  .createdAt(Sample.NOW.minusSeconds(count - i))
                  .lastSeen(Sample.NOW)
                  .build()));
    }
    return sessions;
  }
}
