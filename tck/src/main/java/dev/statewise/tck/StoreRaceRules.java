package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S8: what holds whoever comes first. Each contender has a handle of its own. */
abstract class StoreRaceRules extends StoreRules {

  private static final Instant LATER = Sample.NOW.plusSeconds(60);
  private static final Instant LATEST = Sample.NOW.plusSeconds(120);

  private final AtomicInteger racers = new AtomicInteger();
  private SessionStore one;
  private SessionStore two;

  @SuppressWarnings("NullAway.Init") // JUnit opens the handles before each rule
  StoreRaceRules(SessionStoreTck kit) {
    super(kit);
  }

  @BeforeEach
  final void openHandles() {
    one = open();
    two = open();
  }

  @Test
  @DisplayName("S8.1 a session MUST stay deleted whatever save races the delete")
  void lateSave() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());

          race.between(
                  () -> one.replace(session.with("cart", "43").next(LATER)),
                  () -> two.delete(session.key()))
              .then(() -> assertGone(session, "a save in flight undid the logout"));
        });
  }

  @Test
  @DisplayName("S8.2 a session MUST stay deleted whatever touch races the delete")
  void lateTouch() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());

          race.between(() -> one.touch(session.key(), LATER), () -> two.delete(session.key()))
              .then(() -> assertGone(session, "a touch in flight undid the logout"));
        });
  }

  @Test
  @DisplayName("S8.3 a session MUST stay deleted whatever rotation races the delete")
  void lateRotation() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());
          Session rotated = Sample.rotated(session, LATER);

          race.between(() -> one.replace(rotated), () -> two.delete(session.key()))
              .then(() -> assertGone(session, "a rotation in flight undid the logout"));
        });
  }

  @Test
  @DisplayName("S8.4 a session MUST stay deleted when a rotation and a touch both race the delete")
  void endAgainstRotateAgainstTouch() {
    race(
        3,
        kit.races(),
        race -> {
          Session session = created(racer());
          Session rotated = Sample.rotated(session, LATER);

          race.between(
                  () -> one.replace(rotated),
                  () -> store.touch(session.key(), LATEST),
                  () -> two.delete(session.key()))
              .then(() -> assertGone(session, "the logout was undone"));
        });
  }

  @Test
  @DisplayName("S8.5 of racing saves from one version exactly one MUST be REPLACED")
  void oneSaveWins() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());
          Session mine = session.with("cart", "mine").next(LATER);
          Session theirs = session.with("cart", "theirs").next(LATER);

          race.<ReplaceResult>between(() -> one.replace(mine), () -> two.replace(theirs))
              .then(
                  results -> {
                    assertEquals(
                        1,
                        Collections.frequency(results, ReplaceResult.REPLACED),
                        results.toString());
                    boolean won = results.get(0) == ReplaceResult.REPLACED;
                    assertFound(won ? mine : theirs, "the save that was acknowledged is not there");
                  });
        });
  }

  @Test
  @DisplayName("S8.6 of racing creates of one key exactly one MUST be true")
  void oneCreateWins() {
    race(
        2,
        kit.races(),
        race -> {
          Session mine = racer();
          Session theirs = Sample.of(mine.subject()).key(mine.key()).build();

          race.<Boolean>between(() -> one.create(mine), () -> two.create(theirs))
              .then(
                  results -> {
                    assertNotEquals(results.get(0), results.get(1), "two owners, or none");
                    assertFound(
                        results.get(0) ? mine : theirs, "the winner's session is not there");
                  });
        });
  }

  @Test
  @DisplayName("S8.7 a touch that races a save MUST NOT undo the save")
  void touchKeepsTheSave() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());
          Session next = session.with("cart", "43").next(LATER);

          race.between(() -> one.replace(next), () -> two.touch(session.key(), LATEST))
              .then(
                  () -> {
                    Session found = store.findCurrent(session.key()).orElseThrow();
                    assertEquals(next.version(), found.version(), "the save was undone by a touch");
                    assertEquals(
                        next.attributes(), found.attributes(), "the save was undone by a touch");
                  });
        });
  }

  @Test
  @DisplayName("S8.8 a save that races a touch MUST NOT undo the touch")
  void saveKeepsTheTouch() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());
          Session next = session.with("cart", "43").next(LATER);

          race.between(() -> one.replace(next), () -> two.touch(session.key(), LATEST))
              .then(
                  () ->
                      assertEquals(
                          Optional.of(LATEST),
                          store.findCurrent(session.key()).map(Session::lastSeen),
                          "the touch was undone by a save"));
        });
  }

  @Test
  @DisplayName("S8.9 of racing touches the later MUST be kept")
  void laterTouchWins() {
    race(
        2,
        kit.races(),
        race -> {
          Session session = created(racer());

          race.between(
                  () -> one.touch(session.key(), LATEST), () -> two.touch(session.key(), LATER))
              .then(
                  () ->
                      assertEquals(
                          Optional.of(LATEST),
                          store.findCurrent(session.key()).map(Session::lastSeen),
                          "the later touch was undone by the earlier"));
        });
  }

  @Test
  @DisplayName("S8.10 every save that was acknowledged MUST still count after many that raced")
  void noLostUpdates() {
    Session session = created(Sample.session().withAttributes(Map.of("n", "0")));
    int rounds = Math.max(2, kit.races() / 4);

    race(2, rounds, race -> race.between(() -> countUp(one, session), () -> countUp(two, session)));

    assertEquals(
        Optional.of(Integer.toString(2 * rounds)),
        store.findCurrent(session.key()).flatMap(found -> found.attribute("n")),
        "an acknowledged save was overwritten");
  }

  /** A session of a subject of its own: no index is to grow with the rounds. */
  private Session racer() {
    return Sample.of("racer-" + racers.incrementAndGet()).build();
  }

  private static ReplaceResult countUp(SessionStore store, Session session) {
    ReplaceResult result = ReplaceResult.CONFLICT;
    while (result != ReplaceResult.REPLACED) {
      Session read = store.findCurrent(session.key()).orElseThrow();
      int n = Integer.parseInt(read.attribute("n").orElseThrow());
      result = store.replace(read.with("n", Integer.toString(n + 1)).next(LATER));
    }
    return result;
  }
}
