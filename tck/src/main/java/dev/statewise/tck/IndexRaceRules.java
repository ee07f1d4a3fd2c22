package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Session;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules X4: what holds whoever comes first. Each round has a subject of its own. */
abstract class IndexRaceRules extends IndexRules {

  private final AtomicInteger subjects = new AtomicInteger();
  private SessionStore one;
  private SessionStore two;

  @SuppressWarnings("NullAway.Init") // JUnit opens the handles before each rule
  IndexRaceRules(SubjectIndexTck kit) {
    super(kit);
  }

  @BeforeEach
  final void openHandles() {
    one = open();
    two = open();
  }

  @Test
  @DisplayName("X4.1 racing admits MUST keep the limit when the overflow is to refuse")
  void limitIsKept() {
    race(
        2,
        kit.races(),
        race -> {
          String subject = nextSubject();

          race.<Admission>between(
                  () -> admit(one, subject, Overflow.REFUSE),
                  () -> admit(two, subject, Overflow.REFUSE))
              .then(
                  admissions -> {
                    long admitted =
                        admissions.stream().filter(Admission.Admitted.class::isInstance).count();
                    assertEquals(1, admitted, "one place, and " + admissions);
                    assertEquals(1, index.findAll(subject).size(), "the limit is one");
                  });
        });
  }

  @Test
  @DisplayName("X4.2 racing admits MUST keep the limit when the oldest are ended")
  void limitIsKeptByEnding() {
    race(
        2,
        kit.races(),
        race -> {
          String subject = nextSubject();
          created(Sample.of(subject).build());

          race.between(
                  () -> admit(one, subject, Overflow.END_OLDEST),
                  () -> admit(two, subject, Overflow.END_OLDEST))
              .then(() -> assertEquals(1, index.findAll(subject).size(), "the limit is one"));
        });
  }

  @Test
  @DisplayName("X4.3 a session whose create races deleteAll MUST be listed if it is there")
  void wholeOrGone() {
    race(
        2,
        kit.races(),
        race -> {
          String subject = nextSubject();
          Session session = Sample.of(subject).build();

          race.between(() -> one.create(session), () -> indexOf(two).deleteAll(subject))
              .then(
                  () ->
                      assertEquals(
                          store.findCurrent(session.key()).map(List::of).orElse(List.of()),
                          index.findAll(subject),
                          "a session that cannot be listed cannot be logged out"));
        });
  }

  @Test
  @DisplayName("X4.4 a session MUST stay deleted whatever save races deleteAll")
  void lateSave() {
    race(
        2,
        kit.races(),
        race -> {
          String subject = nextSubject();
          Session session = created(Sample.of(subject).build());

          race.between(
                  () -> one.replace(session.next(Sample.NOW.plusSeconds(1))),
                  () -> indexOf(two).deleteAll(subject))
              .then(
                  () -> {
                    assertGone(session, "the logout everywhere was undone");
                    assertEquals(
                        List.of(), index.findAll(subject), "the logout everywhere was undone");
                  });
        });
  }

  @Test
  @DisplayName("X4.5 racing deleteAlls MUST count each session once")
  void countedOnce() {
    race(
        2,
        kit.races(),
        race -> {
          String subject = nextSubject();
          created(Sample.of(subject).build());
          created(Sample.of(subject).build());

          race.<Integer>between(
                  () -> indexOf(one).deleteAll(subject), () -> indexOf(two).deleteAll(subject))
              .then(
                  counts ->
                      assertEquals(
                          2, counts.get(0) + counts.get(1), "two sessions, counted as " + counts));
        });
  }

  private static Admission admit(SessionStore store, String subject, Overflow overflow) {
    return indexOf(store).admit(Sample.of(subject).build(), 1, overflow, Optional.empty());
  }

  private String nextSubject() {
    return "subject-" + subjects.incrementAndGet();
  }
}
