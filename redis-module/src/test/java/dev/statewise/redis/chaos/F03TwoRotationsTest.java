package dev.statewise.redis.chaos;

import dev.statewise.StatefulSessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.SaveResult;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F3: two rotations of one session at the same moment. */
@Chaos
class F03TwoRotationsTest {

  @Test
  @DisplayName("F3 in memory exactly one rotation MUST win, and only its id lives")
  void memory() {
    try (Place memory = Place.memory()) {
      Ledger.judge(race(memory, Scale.of(5_000, 100_000)));
    }
  }

  @Test
  @DisplayName("F3 on a single Redis exactly one rotation MUST win, and only its id lives")
  void single() {
    try (Place single = Place.single()) {
      Ledger.judge(race(single, Scale.of(2_000, 100_000)));
    }
  }

  @Test
  @DisplayName("F3 on a cluster exactly one rotation MUST win, and only its id lives")
  void cluster() {
    try (Place cluster = Place.cluster()) {
      Ledger.judge(race(cluster, Scale.of(300, 10_000)));
    }
  }

  @Test
  @DisplayName("F3 a plain SET MUST be found to tell two winners, or the race is none")
  void naive() {
    try (Place plain = Place.naive()) {
      Ledger.naive(race(plain, Scale.of(500, 10_000)));
    }
  }

  private record Contest(Grant old, AtomicReferenceArray<@Nullable SaveResult> answers) {}

  private static Outcome race(Place place, int races) {
    StatefulSessions here = place.node();
    StatefulSessions there = place.node();
    AtomicInteger number = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();

    new Races<Contest>(
            "F3 " + place.name(),
            contest -> contest.answers().set(0, here.rotate(contest.old().session())),
            contest -> contest.answers().set(1, there.rotate(contest.old().session())))
        .run(
            races,
            () ->
                new Contest(
                    here.open("racer-" + number.incrementAndGet(), Map.of()).grantOrThrow(),
                    new AtomicReferenceArray<>(2)),
            contest -> {
              if (!hasOneSuccessor(here, contest)) {
                lost.incrementAndGet();
              }
              here.end(contest.old().session());
            });
    return Outcome.of("F3", "two rotations at once", place.name())
        .tried(races, "races")
        .lost(lost.get(), "without exactly one winner, told so, whose id alone lives");
  }

  private static boolean hasOneSuccessor(StatefulSessions node, Contest contest) {
    SaveResult[] answers =
        IntStream.range(0, 2)
            .mapToObj(i -> Objects.requireNonNull(contest.answers().get(i)))
            .toArray(SaveResult[]::new);
    int winner = answers[0] instanceof SaveResult.Saved ? 0 : 1;
    return answers[winner] instanceof SaveResult.Saved saved
        && answers[1 - winner] instanceof SaveResult.Conflict
        && isAccepted(node, saved.renewal().orElseThrow().credential())
        && !isAccepted(node, contest.old().credential());
  }

  private static boolean isAccepted(StatefulSessions node, Credential credential) {
    return node.validate(credential).accepted().isPresent();
  }
}
