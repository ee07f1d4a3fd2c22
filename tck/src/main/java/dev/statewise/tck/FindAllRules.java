package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Session;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules X1: whom findAll finds, and whom never. */
abstract class FindAllRules extends IndexRules {

  FindAllRules(SubjectIndexTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("X1.1 findAll MUST return every live session of the subject")
  void everyLiveSession() {
    List<Session> sessions = aliceHas(40);

    assertListed("alice", sessions.toArray(Session[]::new));
  }

  @Test
  @DisplayName("X1.2 findAll MUST NOT return a session of another subject")
  void nobodyElses() {
    Session alices = created(Sample.of("alice").build());
    created(Sample.of("bob").build());
    created(Sample.of("Alice").build());
    created(Sample.of("alice ").build());

    assertListed("alice", alices);
  }

  @Test
  @DisplayName("X1.3 two subjects that share a slot MUST NOT see each other's sessions")
  void slotSharersAreApart() {
    List<String> sharers = slotSharers();
    Session one = created(Sample.of(sharers.get(0)).build());
    Session other = created(Sample.of(sharers.get(1)).build());

    assertListed(sharers.get(0), one);
    assertListed(sharers.get(1), other);
  }

  @Test
  @DisplayName("X1.4 an anonymous session MUST be in no index")
  void anonymous() {
    created(Sample.anonymous().build());

    assertListed("");
  }

  @Test
  @DisplayName("X1.5 a saved session MUST be listed once, in its latest form")
  void savedStays() {
    Session session = created(Sample.session());

    Session saved =
        StoreRules.replaced(store, session.with("cart", "43").next(Sample.NOW.plusSeconds(1)));

    assertListed("alice", saved);
  }

  @Test
  @DisplayName("X1.6 a rotated session MUST be listed with its new secret hash")
  void rotatedStays() {
    Session session = created(Sample.session());

    Session rotated =
        StoreRules.replaced(store, Sample.rotated(session, Sample.NOW.plusSeconds(1)));

    assertListed("alice", rotated);
  }

  @Test
  @DisplayName("X1.7 a touched session MUST be listed with its later lastSeen")
  void touchedStays() {
    Session session = created(Sample.session());

    store.touch(session.key(), Sample.NOW.plusSeconds(1));

    assertListed("alice", Sample.like(session).lastSeen(Sample.NOW.plusSeconds(1)).build());
  }

  @Test
  @DisplayName("X1.8 a deleted session MUST NOT be listed")
  void deletedIsNotListed() {
    Session stays = created(Sample.session());
    Session ended = created(Sample.session());

    store.delete(ended.key());

    assertListed("alice", stays);
  }

  @Test
  @DisplayName("X1.9 hostile subjects MUST be told apart and found")
  void hostileSubjects() {
    for (String subject : HostileText.carried()) {
      Session session = created(Sample.of(subject).build());

      assertListed(subject, session);
    }
  }

  @Test
  @DisplayName("X1.10 findAll MUST be empty for a subject that has no session")
  void unknownSubject() {
    created(Sample.session());

    assertListed("nobody");
  }

  @Test
  @DisplayName("X1.11 findAll MUST NOT look into another namespace")
  void otherNamespace() {
    StoreRules.created(open(namespace + "b"), Sample.session());

    assertEquals(List.of(), index.findAll("alice"), "one application lists those of another");
  }
}
