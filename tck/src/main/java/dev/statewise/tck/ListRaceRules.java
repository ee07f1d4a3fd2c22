package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R7: what holds whoever comes first. Each contender has a handle of its own. */
abstract class ListRaceRules extends ListRules {

  private final AtomicInteger subjects = new AtomicInteger();
  private RevocationList one;
  private RevocationList two;

  @SuppressWarnings("NullAway.Init") // JUnit opens the handles before each rule
  ListRaceRules(RevocationListTck kit) {
    super(kit);
  }

  @BeforeEach
  final void openHandles() {
    one = open();
    two = open();
  }

  @Test
  @DisplayName("R7.1 of racing calls that set the same floor exactly one MUST be told RAISED")
  void oneIsRaised() {
    race(
        3,
        kit.races(),
        race -> {
          SessionKey key = key();

          race.<Acknowledgement>between(
                  () -> one.refuseBelow(key, 5, UNTIL),
                  () -> two.refuseBelow(key, 5, UNTIL),
                  () -> list.refuseBelow(key, 5, UNTIL))
              .then(
                  answers ->
                      assertEquals(
                          1,
                          Collections.frequency(answers, Acknowledgement.RAISED),
                          "rotations: " + answers));
        });
  }

  @Test
  @DisplayName("R7.2 of racing floors of a session the highest MUST stand")
  void highestStands() {
    race(
        2,
        kit.races(),
        race -> {
          SessionKey key = key();

          race.between(
                  () -> one.refuseBelow(key, Long.MAX_VALUE, UNTIL),
                  () -> two.refuseBelow(key, 5, UNTIL))
              .then(
                  () ->
                      assertRefusedInTime(
                          list, token(key, 5), "a rotation in flight undid the logout"));
        });
  }

  @Test
  @DisplayName("R7.3 of racing floors of a subject the latest MUST stand")
  void latestStands() {
    race(
        2,
        kit.races(),
        race -> {
          String subject = "subject-" + subjects.incrementAndGet();
          Instant later = NOW.plusSeconds(1);

          race.between(
                  () -> one.refuseCreatedBefore(subject, later, UNTIL),
                  () -> two.refuseCreatedBefore(subject, NOW, UNTIL))
              .then(
                  () ->
                      assertEquals(
                          later, list.floor(subject), "the earlier floor undid the later"));
        });
  }
}
