package dev.statewise.redis.chaos;

import dev.statewise.StatefulSessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F1: a logout, and at the same moment a request of the same session that writes. */
@Chaos
class F01LogoutRaceTest {

  enum InFlight {
    SAVE,
    TOUCH,
    ROTATE
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F1 in memory an ended session MUST stay ended")
  void memory(InFlight inFlight) {
    try (Place memory = Place.memory()) {
      Ledger.judge(race(memory, inFlight, Scale.of(5_000, 100_000)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F1 on a single Redis an ended session MUST stay ended")
  void single(InFlight inFlight) {
    try (Place single = Place.single()) {
      Ledger.judge(race(single, inFlight, Scale.of(2_000, 100_000)));
    }
  }

  @Test
  @DisplayName("F1 on a cluster an ended session MUST stay ended")
  void cluster() {
    try (Place cluster = Place.cluster()) {
      for (InFlight inFlight : InFlight.values()) {
        Ledger.judge(race(cluster, inFlight, Scale.of(300, 10_000)));
      }
    }
  }

  @Test
  @DisplayName("F1 a plain SET MUST be found to bring sessions back, or the race is none")
  void naive() {
    try (Place plain = Place.naive()) {
      Ledger.naive(race(plain, InFlight.SAVE, Scale.of(1_000, 10_000)));
    }
  }

  private record Contest(Credential credential, Session session) {
    static Contest of(Grant grant) {
      return new Contest(grant.credential(), grant.session());
    }
  }

  private static Outcome race(Place place, InFlight inFlight, int races) {
    StatefulSessions here = place.node();
    StatefulSessions there = place.node();
    StatefulSessions later = there.withClock(in(Duration.ofMinutes(20)));
    AtomicInteger number = new AtomicInteger();
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    String what = "logout against " + inFlight.name().toLowerCase(java.util.Locale.ROOT);

    new Races<Contest>(
            "F1 " + place.name() + ", " + what,
            contest -> here.end(contest.session()),
            contest -> {
              if (isTooLate(write(inFlight, there, later, contest))) {
                heard.incrementAndGet();
              }
            })
        .run(
            races,
            () ->
                Contest.of(here.open("racer-" + number.incrementAndGet(), Map.of()).grantOrThrow()),
            contest -> {
              boolean accepted = here.validate(contest.credential()).accepted().isPresent();
              if (accepted || place.holds(contest.session().key())) {
                lost.incrementAndGet();
              }
            });
    return Outcome.of("F1", what, place.name())
        .tried(races, "races")
        .lost(lost.get(), "sessions readable or left over after their end")
        .note("the logout was first in %.0f %%", 100.0 * heard.get() / races);
  }

  private static Object write(
      InFlight inFlight, StatefulSessions there, StatefulSessions later, Contest contest) {
    return switch (inFlight) {
      case SAVE -> there.save(contest.session().with("cart", "43"));
      case TOUCH -> later.validate(contest.credential());
      case ROTATE -> there.rotate(contest.session());
    };
  }

  private static boolean isTooLate(Object answer) {
    return answer instanceof SaveResult.Gone || answer instanceof Validation.Rejected;
  }

  private static InstantSource in(Duration time) {
    return () -> java.time.Instant.now().plus(time);
  }
}
