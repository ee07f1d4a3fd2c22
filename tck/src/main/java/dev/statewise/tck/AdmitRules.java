package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Admission.Admitted;
import dev.statewise.spi.Admission.KeyTaken;
import dev.statewise.spi.Admission.LimitReached;
import dev.statewise.spi.Overflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules X3: create within a limit. */
abstract class AdmitRules extends IndexRules {

  private static final Admission ADMITTED = new Admitted(List.of());

  AdmitRules(SubjectIndexTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("X3.1 admit MUST store the session if its subject is below the limit")
  void belowTheLimit() {
    List<Session> before = aliceHas(2);
    Session session = Sample.session();

    Admission admission = admit(session, 3, Overflow.REFUSE);

    assertEquals(ADMITTED, admission, "two of three");
    assertListed("alice", before.get(0), before.get(1), session);
  }

  @Test
  @DisplayName("X3.2 admit MUST answer LimitReached at the limit if the overflow is to refuse")
  void atTheLimit() {
    aliceHas(3);

    Admission admission = admit(Sample.session(), 3, Overflow.REFUSE);

    assertEquals(new LimitReached(), admission, "three of three");
  }

  @Test
  @DisplayName("X3.3 admit MUST NOT write anything when it answers LimitReached")
  void refusedWritesNothing() {
    List<Session> before = aliceHas(2);
    Session session = Sample.session();

    admit(session, 2, Overflow.REFUSE);

    assertGone(session, "a session that was refused is there");
    assertListed("alice", before.get(0), before.get(1));
  }

  @Test
  @DisplayName("X3.4 admit MUST end the session that was created first if the overflow says so")
  void endsTheOldest() {
    List<Session> before = aliceHas(2);
    store.touch(before.get(0).key(), Sample.NOW.plusSeconds(1));
    Session session = Sample.session();

    admit(session, 2, Overflow.END_OLDEST);

    assertGone(before.get(0), "the oldest was to make room");
    assertListed("alice", before.get(1), session);
  }

  @Test
  @DisplayName("X3.5 admit MUST end as many as the limit asks for, and name them oldest first")
  void endsSeveral() {
    List<Session> before = aliceHas(4);
    Session session = Sample.session();

    Admission admission = admit(session, 2, Overflow.END_OLDEST);

    List<SessionKey> oldest = before.subList(0, 3).stream().map(Session::key).toList();
    assertEquals(new Admitted(oldest), admission, "the limit was lowered since");
    assertListed("alice", before.get(3), session);
  }

  @Test
  @DisplayName(
      "X3.6 admit MUST NOT count a session that has expired at the lastSeen of the new one")
  void expiredIsNotCounted() {
    Session old = created(Sample.session());
    Session session = Sample.of("alice").createdAt(old.end()).build();

    Admission admission = admit(session, 1, Overflow.REFUSE);

    assertEquals(ADMITTED, admission, "a dead session kept its owner out");
  }

  @Test
  @DisplayName("X3.7 admit MUST count a session that lives for one more millisecond")
  void barelyAliveIsCounted() {
    Session old = created(Sample.session());
    Session session = Sample.of("alice").createdAt(old.end().minusMillis(1)).build();

    Admission admission = admit(session, 1, Overflow.REFUSE);

    assertEquals(new LimitReached(), admission, "a live session was not counted");
  }

  @Test
  @DisplayName("X3.8 admit MUST count a session that was touched by its latest lastSeen")
  void touchedIsCounted() {
    Session old = created(Sample.session());
    Instant end = old.end();
    store.touch(old.key(), end.minusSeconds(1));

    Admission admission = admit(Sample.of("alice").createdAt(end).build(), 1, Overflow.REFUSE);

    assertEquals(new LimitReached(), admission, "the touch kept the session alive");
  }

  @Test
  @DisplayName("X3.9 admit MUST NOT count the session that the new one is instead of")
  void insteadIsNotCounted() {
    Session before = created(Sample.session());

    Admission admission = admitInstead(Sample.session(), 1, before);

    assertEquals(ADMITTED, admission, "a user at the limit could not log in again");
  }

  @Test
  @DisplayName("X3.10 admit MUST delete the session that the new one is instead of")
  void insteadIsDeleted() {
    Session before = created(Sample.session());
    Session session = Sample.session();

    admitInstead(session, 5, before);

    assertGone(before, "the session from before the login lives on");
    assertListed("alice", session);
  }

  @Test
  @DisplayName("X3.11 admit MUST NOT delete what the new one is instead of when it is not admitted")
  void insteadStaysIfRefused() {
    List<Session> sessions = aliceHas(3);

    Admission admission = admitInstead(Sample.session(), 1, sessions.get(0));

    assertEquals(new LimitReached(), admission, "two others of one");
    assertThere(sessions.get(0), "a login that failed ended the session from before");
  }

  @Test
  @DisplayName("X3.12 admit MUST answer KeyTaken if the key is taken by another session")
  void keyTaken() {
    Session other = created(Sample.session());

    Admission admission =
        admit(Sample.of("alice").key(other.key()).build(), 5, Overflow.END_OLDEST);

    assertEquals(new KeyTaken(), admission, "two owners were told that the session is theirs");
  }

  @Test
  @DisplayName("X3.13 admit MUST NOT write anything when it answers KeyTaken")
  void keyTakenWritesNothing() {
    List<Session> sessions = aliceHas(2);
    Session clash = Sample.of("alice").key(sessions.get(1).key()).build();

    index.admit(clash, 1, Overflow.END_OLDEST, Optional.of(sessions.get(0).key()));

    assertListed("alice", sessions.get(0), sessions.get(1));
  }

  @Test
  @DisplayName("X3.14 admit MUST admit its own session again")
  void ownSessionAgain() {
    Session session = Sample.session();
    admit(session, 1, Overflow.REFUSE);

    Admission again = admit(session, 1, Overflow.REFUSE);

    assertEquals(ADMITTED, again, "the same secret hash under the key is the caller's own session");
    assertListed("alice", session);
  }

  @Test
  @DisplayName("X3.15 admit MUST NOT count the sessions of a subject that shares the slot")
  void slotSharersAreNotCounted() {
    List<String> sharers = slotSharers();
    Session other = created(Sample.of(sharers.get(0)).build());

    Admission admission = admit(Sample.of(sharers.get(1)).build(), 1, Overflow.END_OLDEST);

    assertEquals(ADMITTED, admission, "a stranger's session was counted");
    assertThere(other, "a stranger's session was ended");
  }

  @Test
  @DisplayName("X3.16 admit MUST count a session that was stored by create")
  void createdIsCounted() {
    created(Sample.session());

    Admission admission = admit(Sample.session(), 1, Overflow.REFUSE);

    assertEquals(new LimitReached(), admission, "create and admit keep one index");
  }

  private Admission admit(Session session, int max, Overflow overflow) {
    return index.admit(session, max, overflow, Optional.empty());
  }

  private Admission admitInstead(Session session, int max, Session before) {
    return index.admit(session, max, Overflow.REFUSE, Optional.of(before.key()));
  }
}
