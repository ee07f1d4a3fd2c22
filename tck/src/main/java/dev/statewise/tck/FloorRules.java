package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.spi.RevocationList;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R4: what floor answers, so that a login right after a logout everywhere is good. */
abstract class FloorRules extends ListRules {

  FloorRules(RevocationListTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("R4.1 floor MUST be EPOCH if there is none")
  void none() {
    list.refuseCreatedBefore("bob", NOW, UNTIL);
    list.refuseBelow(key(), Long.MAX_VALUE, UNTIL);

    assertEquals(Instant.EPOCH, list.floor("alice"), "nobody refused alice");
  }

  @Test
  @DisplayName("R4.2 floor MUST be that of the subject if it is the later")
  void ofTheSubject() {
    list.refuseAllCreatedBefore(NOW.minusSeconds(9), UNTIL);
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    assertEquals(NOW, list.floor("alice"), "to the millisecond");
  }

  @Test
  @DisplayName("R4.3 floor MUST be that of all if it is the later")
  void ofAll() {
    list.refuseCreatedBefore("alice", NOW.minusSeconds(9), UNTIL);
    list.refuseAllCreatedBefore(NOW, UNTIL);

    assertEquals(NOW, list.floor("alice"), "to the millisecond");
    assertEquals(NOW, list.floor("bob"), "who has no floor of his own");
    assertEquals(NOW, list.floor(""), "a visitor");
  }

  @Test
  @DisplayName("R4.4 a session created at the floor that was answered MUST NOT be refused")
  void loginAtTheFloor() {
    list.refuseCreatedBefore("alice", NOW.plusMillis(1), UNTIL);

    Instant createdAt = list.floor("alice");

    assertGood(token("alice", createdAt), "the user cannot log in again");
  }

  @Test
  @DisplayName("R4.5 floor MUST be asked at the source")
  void atTheSource() {
    RevocationList other = open();
    other.floor("alice");

    list.refuseCreatedBefore("alice", NOW, UNTIL);

    assertEquals(NOW, other.floor("alice"), "a login on another node is refused at once");
  }
}
