package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules X2: logout everywhere. */
abstract class DeleteAllRules extends IndexRules {

  DeleteAllRules(SubjectIndexTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("X2.1 deleteAll MUST delete every session of the subject")
  void everyone() {
    List<Session> sessions = aliceHas(40);

    index.deleteAll("alice");

    for (Session session : sessions) {
      assertGone(session, "a session survived the logout everywhere");
    }
    assertListed("alice");
  }

  @Test
  @DisplayName("X2.2 deleteAll MUST answer how many sessions there were")
  void counts() {
    aliceHas(3);
    Session ended = created(Sample.session());
    store.delete(ended.key());

    int count = index.deleteAll("alice");

    assertEquals(3, count, "the user is told how many were logged out");
  }

  @Test
  @DisplayName("X2.3 deleteAll MUST leave the sessions of every other subject")
  void othersStay() {
    List<String> sharers = slotSharers();
    created(Sample.of(sharers.get(0)).build());
    Session sharer = created(Sample.of(sharers.get(1)).build());
    Session visitor = created(Sample.anonymous().build());

    index.deleteAll(sharers.get(0));

    assertThere(sharer, "a subject in the same slot was logged out");
    assertThere(visitor, "a visitor was logged out");
    assertListed(sharers.get(1), sharer);
  }

  @Test
  @DisplayName("X2.4 deleteAll MUST answer 0 if there is nothing to delete")
  void nothingThere() {
    aliceHas(2);
    index.deleteAll("alice");

    int again = index.deleteAll("alice");

    assertEquals(0, again, "what was ended is counted once");
  }

  @Test
  @DisplayName("X2.5 a session MUST stay deleted when a request in flight saves it after deleteAll")
  void staysDeleted() {
    Session session = created(Sample.session());
    index.deleteAll("alice");

    ReplaceResult late = store.replace(session.next(Sample.NOW.plusSeconds(1)));
    boolean touched = store.touch(session.key(), Sample.NOW.plusSeconds(1));

    assertEquals(ReplaceResult.GONE, late, "the session is gone");
    assertFalse(touched, "the session is gone");
    assertGone(session, "the logout everywhere was undone");
  }

  @Test
  @DisplayName("X2.6 deleteAll through one handle MUST end the sessions that another created")
  void throughAnotherHandle() {
    SessionStore other = open();
    Session session = StoreRules.created(other, Sample.session());

    int count = index.deleteAll("alice");

    assertEquals(1, count, "a session that another node opened");
    assertEquals(
        Optional.empty(), other.findCurrent(session.key()), "another node still accepts it");
  }

  @Test
  @DisplayName("X2.7 a session MUST be listed that is created after deleteAll")
  void loginAfter() {
    created(Sample.session());
    index.deleteAll("alice");

    Session after = created(Sample.session());

    assertListed("alice", after);
  }

  @Test
  @DisplayName("X2.8 deleteAll of the empty subject MUST NOT delete anything")
  void emptySubject() {
    Session visitor = created(Sample.anonymous().build());
    Session alices = created(Sample.session());

    int count = index.deleteAll("");

    assertEquals(0, count, "nobody has no name");
    assertThere(visitor, "every visitor was logged out");
    assertThere(alices, "somebody was logged out");
  }
}
