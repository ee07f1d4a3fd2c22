package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R3: all sessions that were created before the floor of all are refused. */
abstract class AllFloorRules extends ListRules {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

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

  @Test
  @DisplayName("R3.6 an instant outside 1970 to 9999 MUST be taken as the nearest of these")
  void beyondTheRange() {
    RevocationList other = open(namespace + "b");

    list.refuseAllCreatedBefore(Instant.MAX, UNTIL);
    other.refuseAllCreatedBefore(Instant.MIN, UNTIL);
    other.refuseCreatedBefore("alice", Instant.MIN, UNTIL);

    assertRefused(token("alice", LATEST.minus(Sample.LIFE)), "all that there can be");
    assertEquals(LATEST, list.floor("alice"), "the latest that a session can be created at");
    assertFalse(other.isRefused(token("alice", Instant.EPOCH.plus(MILLI))), "there is none before");
  }
}
