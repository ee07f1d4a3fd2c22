package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R5: a refusal is never forgotten before its time. */
abstract class LastingRules extends ListRules {

  private static final Instant LONGER = UNTIL.plus(Duration.ofHours(1));
  private static final int OTHERS = 10_000;

  LastingRules(RevocationListTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("R5.1 a refusal MUST last until the instant it was given")
  void lasts() {
    SessionKey key = key();
    list.refuseBelow(key, 5, UNTIL);
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    clock.moveTo(UNTIL.minus(MILLI));
    list.refuseBelow(key(), 2, LONGER);

    assertRefused(token(key, 4), "a logout was forgotten");
    assertRefused(token("alice", NOW.minus(MILLI)), "a logout everywhere was forgotten");
  }

  @Test
  @DisplayName("R5.2 the floor of all MUST last until the instant it was given")
  void allLasts() {
    list.refuseAllCreatedBefore(NOW, UNTIL);

    clock.moveTo(UNTIL.minus(MILLI));
    list.refuseBelow(key(), 2, LONGER);

    assertRefused(token("alice", NOW.minus(MILLI)), "the floor of all was forgotten");
  }

  @Test
  @DisplayName("R5.3 refusing again until a later instant MUST make the refusal last as long")
  void extended() {
    SessionKey key = key();
    list.refuseBelow(key, 5, UNTIL);
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    list.refuseBelow(key, 5, LONGER);
    list.refuseCreatedBefore("alice", NOW, LONGER);
    clock.moveTo(LONGER.minus(MILLI));

    assertRefused(token(key, 4), "not extended");
    assertRefused(token("alice", NOW.minus(MILLI)), "not extended");
  }

  @Test
  @DisplayName("R5.4 refusing again until an earlier instant MUST NOT shorten the refusal")
  void notShortened() {
    SessionKey key = key();
    list.refuseBelow(key, 5, LONGER);
    list.refuseCreatedBefore("alice", NOW, LONGER);

    list.refuseBelow(key, 6, UNTIL);
    list.refuseCreatedBefore("alice", NOW.plus(MILLI), UNTIL);
    clock.moveTo(LONGER.minus(MILLI));

    assertRefused(token(key, 4), "shortened");
    assertRefused(token("alice", NOW.minus(MILLI)), "shortened");
  }

  @Test
  @DisplayName("R5.5 a refusal MUST NOT be dropped to make room for others")
  void notEvicted() {
    SessionKey key = key();
    list.refuseBelow(key, 5, UNTIL);
    list.refuseCreatedBefore("alice", NOW, UNTIL);

    for (int i = 0; i < OTHERS; i++) {
      list.refuseBelow(key(), 5, UNTIL);
      list.refuseCreatedBefore("subject-" + i, NOW, UNTIL);
    }

    assertRefused(token(key, 4), "evicted by others");
    assertRefused(token("alice", NOW.minus(MILLI)), "evicted by others");
  }

  @Test
  @DisplayName("R5.6 a list MUST refuse and not refuse alike however often it is asked")
  void sameAnswer() {
    SessionKey key = key();
    Session session = token(key, 4);
    assertGood(session, "nobody refused it");

    list.refuseBelow(key, 5, UNTIL);

    assertRefused(session, "though it was good when asked before");
    assertRefused(session, "though it was asked before");
  }

  @Test
  @DisplayName("R5.7 a refusal until an instant beyond 9999 MUST last as any other")
  void beyondTheRange() {
    SessionKey key = key();
    list.refuseBelow(key, 5, Instant.MAX);
    list.refuseCreatedBefore("alice", NOW, Instant.MAX);

    clock.moveTo(LONGER);
    list.refuseBelow(key(), 2, LONGER);

    assertRefused(token(key, 4), "a logout was forgotten");
    assertRefused(token("alice", NOW.minus(MILLI)), "a logout everywhere was forgotten");
  }
}
