package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R1: versions of one session below its floor are refused. */
abstract class SessionFloorRules extends ListRules {

  private static final long BEYOND_DOUBLE = (1L << 53) + 1;

  SessionFloorRules(RevocationListTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("R1.1 a session whose version is below its floor MUST be refused")
  void below() {
    SessionKey key = key();

    list.refuseBelow(key, 3, UNTIL);

    assertRefused(token(key, 2), "a token from before the rotation is good");
  }

  @Test
  @DisplayName("R1.2 a session whose version is at its floor MUST NOT be refused")
  void atTheFloor() {
    SessionKey key = key();

    list.refuseBelow(key, 5, UNTIL);

    assertGood(token(key, 5), "the token that the rotation handed out is dead");
  }

  @Test
  @DisplayName("R1.3 a session that nobody refused MUST NOT be refused")
  void others() {
    list.refuseBelow(key(), Long.MAX_VALUE, UNTIL);

    assertGood(token(key(), 1), "one logout ended another session");
  }

  @Test
  @DisplayName("R1.4 the largest floor MUST refuse every version")
  void logout() {
    SessionKey key = key();

    list.refuseBelow(key, Long.MAX_VALUE, UNTIL);

    for (long version : new long[] {1, 1L << 32, BEYOND_DOUBLE, Long.MAX_VALUE - 1}) {
      assertRefused(token(key, version), "version " + version + " survived the logout");
    }
  }

  @Test
  @DisplayName("R1.5 a lower floor MUST NOT lower the floor")
  void onlyRises() {
    SessionKey key = key();
    list.refuseBelow(key, 9, UNTIL);

    list.refuseBelow(key, 5, UNTIL);

    assertRefused(token(key, 8), "a late rotation brought an older token back");
  }

  @Test
  @DisplayName("R1.6 the call that raises a floor MUST be told RAISED")
  void raised() {
    SessionKey key = key();

    assertEquals(Acknowledgement.RAISED, list.refuseBelow(key, 5, UNTIL), "the first");
    assertEquals(Acknowledgement.RAISED, list.refuseBelow(key, 6, UNTIL), "a higher one");
  }

  @Test
  @DisplayName("R1.7 a call that finds the floor as high or higher MUST be told ALREADY")
  void already() {
    SessionKey key = key();
    list.refuseBelow(key, 5, UNTIL);

    assertEquals(Acknowledgement.ALREADY, list.refuseBelow(key, 5, UNTIL), "the same again");
    assertEquals(Acknowledgement.ALREADY, list.refuseBelow(key, 4, UNTIL), "a lower one");
  }

  @Test
  @DisplayName("R1.8 floors MUST be compared exactly up to the largest long")
  void exact() {
    for (long floor : new long[] {1L << 32, BEYOND_DOUBLE, Long.MAX_VALUE - 1}) {
      SessionKey key = key();

      list.refuseBelow(key, floor, UNTIL);

      assertRefused(token(key, floor - 1), "just below " + floor);
      assertGood(token(key, floor), "at " + floor);
      assertEquals(
          Acknowledgement.RAISED, list.refuseBelow(key, floor + 1, UNTIL), "just above " + floor);
    }
  }

  @Test
  @DisplayName("R1.9 a floor below 1 MUST NOT refuse anything")
  void belowTheFirstVersion() {
    for (long floor : new long[] {0, -1, Long.MIN_VALUE}) {
      SessionKey key = key();

      list.refuseBelow(key, floor, UNTIL);

      assertGood(token(key, 1), "refused by the floor " + floor);
      assertGood(token(key, Long.MAX_VALUE), "refused by the floor " + floor);
    }
  }
}
