package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R2: sessions of one subject that were created before its floor are refused. */
abstract class SubjectFloorRules extends ListRules {

  SubjectFloorRules(RevocationListTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("R2.1 a session created before the floor of its subject MUST be refused")
  void before() {
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    assertRefused(token("alice", NOW.minus(MILLI)), "it survived the logout everywhere");
  }

  @Test
  @DisplayName("R2.2 a session created at the floor of its subject MUST NOT be refused")
  void atTheFloor() {
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    assertGood(token("alice", NOW), "the user cannot log in again");
  }

  @Test
  @DisplayName("R2.3 a session of another subject MUST NOT be refused")
  void others() {
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    assertGood(token("bob", NOW.minus(MILLI)), "one user's logout ended another's session");
    assertGood(token("Alice", NOW.minus(MILLI)), "subjects were compared without their case");
    assertGood(token("", NOW.minus(MILLI)), "a visitor was logged out");
  }

  @Test
  @DisplayName("R2.4 an earlier floor MUST NOT lower the floor of a subject")
  void onlyRises() {
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    list.refuseCreatedBefore("alice", NOW.minusSeconds(9), UNTIL);

    assertRefused(token("alice", NOW.minus(MILLI)), "a slow node undid a logout everywhere");
  }

  @Test
  @DisplayName("R2.5 a raised floor of a subject MUST be told RAISED, and any other call ALREADY")
  void acknowledged() {
    assertEquals(Acknowledgement.RAISED, list.refuseCreatedBefore("alice", NOW, UNTIL), "first");
    assertEquals(Acknowledgement.ALREADY, list.refuseCreatedBefore("alice", NOW, UNTIL), "again");
    assertEquals(
        Acknowledgement.ALREADY,
        list.refuseCreatedBefore("alice", NOW.minus(MILLI), UNTIL),
        "earlier");
    assertEquals(
        Acknowledgement.RAISED,
        list.refuseCreatedBefore("alice", NOW.plus(MILLI), UNTIL),
        "one millisecond later");
  }

  @Test
  @DisplayName("R2.6 hostile subjects MUST be told apart and refused")
  void hostileSubjects() {
    for (String subject : HostileText.carried()) {
      Session session = token(subject, NOW.minus(MILLI));
      assertGood(session, "refused before anybody did: " + subject);

      list.refuseCreatedBefore(subject, NOW, UNTIL);

      assertRefused(session, "it survived the logout everywhere: " + subject);
    }
  }

  @Test
  @DisplayName("R2.7 the floor of a subject MUST refuse whatever the version is")
  void anyVersion() {
    Session old = token("alice", NOW.minus(MILLI));

    list.refuseCreatedBefore("alice", NOW, UNTIL);

    assertRefused(Sample.like(old).version(Long.MAX_VALUE).build(), "a saved session survived");
  }

  @Test
  @DisplayName("R2.8 an instant finer than a millisecond MUST be rounded up")
  void roundedUp() {
    RevocationList other = open(namespace + "b");

    list.refuseCreatedBefore("alice", NOW.plusNanos(1), UNTIL);
    other.refuseAllCreatedBefore(NOW.plusNanos(1), UNTIL);

    assertRefused(token("alice", NOW), "created before it, as far as can be told");
    assertTrue(other.isRefused(token("alice", NOW)), "the same, of all");
    assertGood(token("alice", NOW.plus(MILLI)), "a login after it");
    assertEquals(NOW.plus(MILLI), list.floor("alice"), "from when on a login is good");
  }
}
