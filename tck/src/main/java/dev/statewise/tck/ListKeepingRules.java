package dev.statewise.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R9: for how long the server beneath keeps a refusal, as the server itself says. */
abstract class ListKeepingRules extends ListRules {

  private static final Duration SHORT = Duration.between(NOW, UNTIL);
  private static final Duration LONG = SHORT.multipliedBy(2);
  private static final Instant LONGER = NOW.plus(LONG);

  private final SessionKey key = key();
  // Three subjects, so that each is refused by one floor alone.
  private final Session ofKey = token(key, 4);
  private final Session ofBob = token("bob", NOW.minus(MILLI));
  private final Session ofAnybody = token("carol", NOW.minus(MILLI));

  ListKeepingRules(RevocationListTck kit) {
    super(kit);
  }

  @BeforeEach
  final void requireTheServersWord() {
    assumeTrue(
        kit.keptFor(namespace, ofKey).isPresent(),
        "keptFor() is not supplied, so when the server forgets is not known");
  }

  @Test
  @DisplayName("R9.1 the server MUST keep the floor of a session at least until its instant")
  void ofASession() {
    assertKept(SHORT, () -> list.refuseBelow(key, 5, UNTIL), ofKey, "a logout");
  }

  @Test
  @DisplayName("R9.2 the server MUST keep the floor of a subject at least until its instant")
  void ofASubject() {
    assertKept(
        SHORT, () -> list.refuseCreatedBefore("bob", NOW, UNTIL), ofBob, "a logout everywhere");
  }

  @Test
  @DisplayName("R9.3 the server MUST keep the floor of all at least until its instant")
  void ofAll() {
    assertKept(SHORT, () -> list.refuseAllCreatedBefore(NOW, UNTIL), ofAnybody, "the floor of all");
  }

  @Test
  @DisplayName("R9.4 refusing again until a later instant MUST make the server keep it as long")
  void extended() {
    refuse(5, NOW, UNTIL);

    assertBothKept(LONG, () -> refuse(5, NOW, LONGER), "refused again, for longer");
  }

  @Test
  @DisplayName(
      "R9.5 refusing again until an earlier instant MUST NOT make the server forget sooner")
  void notShortened() {
    assertBothKept(
        LONG,
        () -> {
          refuse(5, NOW, LONGER);
          refuse(6, NOW.plus(MILLI), UNTIL);
          refuse(6, NOW.plus(MILLI), UNTIL);
        },
        "refused again, for shorter");
  }

  @Test
  @DisplayName("R9.6 a node whose clock is ahead MUST NOT make the server forget sooner")
  void clockAhead() {
    assertBothKept(
        LONG,
        () -> {
          refuse(5, NOW, LONGER);
          clock.moveTo(LONGER.plusSeconds(600));
          refuse(6, NOW.plus(MILLI), LONGER);
        },
        "refused again by a node that takes it for over");
  }

  @Test
  @DisplayName("R9.7 the server MUST NOT keep a refusal without an end")
  void hasAnEnd() {
    for (int floor = 5; floor < 7; floor++) {
      for (int again = 0; again < 2; again++) {
        refuse(floor, NOW.plusMillis(floor), UNTIL);
        list.refuseAllCreatedBefore(NOW.plusMillis(floor), UNTIL);
      }

      TimeLeft.assertHasAnEnd(left(ofKey), "the floor of a session");
      TimeLeft.assertHasAnEnd(left(ofBob), "the floor of a subject");
      TimeLeft.assertHasAnEnd(left(ofAnybody), "the floor of all");
    }
  }

  private void refuse(long version, Instant createdBefore, Instant until) {
    list.refuseBelow(key, version, until);
    list.refuseCreatedBefore("bob", createdBefore, until);
  }

  private void assertBothKept(Duration atLeast, Runnable write, String why) {
    TimeLeft.assertKept(atLeast, write, this::leftOfBoth, why);
  }

  private void assertKept(Duration atLeast, Runnable write, Session refused, String why) {
    TimeLeft.assertKept(atLeast, write, () -> left(refused), why);
  }

  private Duration leftOfBoth() {
    Duration one = left(ofKey);
    Duration other = left(ofBob);
    return one.compareTo(other) < 0 ? one : other;
  }

  private Duration left(Session refused) {
    return kit.keptFor(namespace, refused).orElseThrow();
  }
}
