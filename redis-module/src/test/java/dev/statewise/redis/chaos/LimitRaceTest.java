package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.session.Listing;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Unavailable;
import dev.statewise.spi.Overflow;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** X4: a subject that may have three sessions, and four logins at the same moment. */
@Chaos
class LimitRaceTest {

  private static final int LIMIT = 3;
  private static final int LOGINS = LIMIT + 1;

  @Test
  @DisplayName("X4 in memory no login MUST go over the limit")
  void memory() {
    try (Place memory = Place.memory()) {
      Ledger.judge(race(memory, Overflow.REFUSE, Scale.of(1_000, 10_000)));
      Ledger.judge(race(memory, Overflow.END_OLDEST, Scale.of(1_000, 10_000)));
    }
  }

  @Test
  @DisplayName("X4 on a single Redis no login MUST go over the limit")
  void single() {
    try (Place single = Place.single()) {
      Ledger.judge(race(single, Overflow.REFUSE, Scale.of(300, 10_000)));
      Ledger.judge(race(single, Overflow.END_OLDEST, Scale.of(300, 10_000)));
    }
  }

  @Test
  @DisplayName("X4 on a cluster no login MUST go over the limit")
  void cluster() {
    try (Place cluster = Place.cluster()) {
      Ledger.judge(race(cluster, Overflow.REFUSE, Scale.of(100, 2_000)));
      Ledger.judge(race(cluster, Overflow.END_OLDEST, Scale.of(100, 2_000)));
    }
  }

  @Test
  @DisplayName("X4 counting first and opening then MUST be found to go over, or the race is none")
  void naive() {
    try (Place single = Place.single()) {
      Ledger.naive(
          race(
              single,
              Scale.of(200, 2_000),
              IntStream.range(0, LOGINS).mapToObj(i -> counting(single.node())),
              "three a subject, counted before"));
    }
  }

  private record Contest(String subject) {}

  private static Outcome race(Place place, Overflow overflow, int races) {
    SessionPolicy policy = SessionPolicy.builder().limit(LIMIT, overflow).build();
    return race(
        place,
        races,
        IntStream.range(0, LOGINS).mapToObj(i -> opening(place.node(policy))),
        "three a subject, %s".formatted(overflow));
  }

  private static Outcome race(
      Place place, int races, Stream<Consumer<Contest>> logins, String what) {
    StatefulSessions looking = place.node();
    AtomicInteger number = new AtomicInteger();
    AtomicInteger over = new AtomicInteger();
    AtomicInteger few = new AtomicInteger();

    Races<Contest> contests = races("X4 " + place.name(), logins);
    contests.run(
        races,
        () -> new Contest("limited-" + number.incrementAndGet()),
        contest -> {
          int alive = alive(looking, contest.subject());
          over.addAndGet(alive > LIMIT ? 1 : 0);
          few.addAndGet(alive < LIMIT ? 1 : 0);
          looking.endAll(contest.subject());
        });
    return Outcome.of("X4", "four logins at once, " + what, place.name())
        .tried(races, "races")
        .lost(over.get(), "with more sessions than that")
        .target("0, and no login refused that has a place", over.get() + few.get() == 0)
        .note("%,d with fewer", few.get());
  }

  @SuppressWarnings("unchecked") // there are no arrays of a generic type
  private static Races<Contest> races(String what, Stream<Consumer<Contest>> logins) {
    return new Races<>(what, logins.toArray(Consumer[]::new));
  }

  private static Consumer<Contest> opening(StatefulSessions node) {
    return contest -> {
      OpenResult answer = node.open(contest.subject(), Map.of());
      if (answer instanceof Unavailable unavailable) {
        throw new AssertionError("A login had no answer.", unavailable.cause());
      }
    };
  }

  private static Consumer<Contest> counting(StatefulSessions node) {
    return contest -> {
      if (alive(node, contest.subject()) < LIMIT) {
        node.open(contest.subject(), Map.of()).grantOrThrow();
      }
    };
  }

  private static int alive(StatefulSessions node, String subject) {
    return ((Listing.Listed) node.list(subject)).sessions().size();
  }
}
