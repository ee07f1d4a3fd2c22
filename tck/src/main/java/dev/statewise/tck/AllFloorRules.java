package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.spi.Acknowledgement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R3: all sessions that were created before the floor of all are refused. */
abstract class AllFloorRules extends ListRules {

  AllFloorRules(RevocationListTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("R3.1 every session created before the floor of all MUST be refused")
  void before() {
    list.refuseAllCreatedBefore(NOW, UNTIL);

    assertRefused(token("alice", NOW.minus(MILLI)), "alice");
    assertRefused(token("bob", NOW.minus(MILLI)), "bob");
    assertRefused(token("", NOW.minus(MILLI)), "a visitor");
  }

  @Test
  @DisplayName("R3.2 a session created at the floor of all MUST NOT be refused")
  void atTheFloor() {
    list.refuseAllCreatedBefore(NOW, UNTIL);

    assertGood(token("alice", NOW), "nobody can log in again");
  }

  @Test
  @DisplayName("R3.3 an earlier floor MUST NOT lower the floor of all")
  void onlyRises() {
    list.refuseAllCreatedBefore(NOW, UNTIL);

    list.refuseAllCreatedBefore(NOW.minusSeconds(9), UNTIL);

    assertRefused(token("alice", NOW.minus(MILLI)), "a slow node undid it");
  }

  @Test
  @DisplayName("R3.4 a raised floor of all MUST be told RAISED, and any other call ALREADY")
  void acknowledged() {
    assertEquals(Acknowledgement.RAISED, list.refuseAllCreatedBefore(NOW, UNTIL), "first");
    assertEquals(Acknowledgement.ALREADY, list.refuseAllCreatedBefore(NOW, UNTIL), "again");
    assertEquals(
        Acknowledgement.ALREADY, list.refuseAllCreatedBefore(NOW.minus(MILLI), UNTIL), "earlier");
    assertEquals(
        Acknowledgement.RAISED, list.refuseAllCreatedBefore(NOW.plus(MILLI), UNTIL), "later");
  }

  @Test
  @DisplayName("R3.5 the floor of all MUST NOT hide a later floor of a subject")
  void laterSubjectFloor() {
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    list.refuseAllCreatedBefore(NOW.minusSeconds(9), UNTIL);

    assertRefused(token("alice", NOW.minus(MILLI)), "a logout everywhere was undone");
    assertGood(token("bob", NOW.minus(MILLI)), "the floor of all is earlier");
  }
}
