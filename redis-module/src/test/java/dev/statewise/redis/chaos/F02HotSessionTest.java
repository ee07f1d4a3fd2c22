package dev.statewise.redis.chaos;

import dev.statewise.StatefulSessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F2: eight writers count up in one session, each of them on a node of its own. */
@Chaos
class F02HotSessionTest {

  private static final int WRITERS = 8;
  private static final int EACH = Scale.of(100, 500);

  @Test
  @DisplayName("F2 in memory no update MUST be lost")
  void memory() {
    try (Place memory = Place.memory()) {
      Ledger.judge(countUp(memory));
    }
  }

  @Test
  @DisplayName("F2 on a single Redis no update MUST be lost")
  void single() {
    try (Place single = Place.single()) {
      Ledger.judge(countUp(single));
    }
  }

  @Test
  @DisplayName("F2 on a cluster no update MUST be lost")
  void cluster() {
    try (Place cluster = Place.cluster()) {
      Ledger.judge(countUp(cluster));
    }
  }

  @Test
  @DisplayName("F2 a plain GET and SET MUST be found to lose updates, or the session is not hot")
  void naive() {
    try (Place plain = Place.naive()) {
      Ledger.naive(countUp(plain));
    }
  }

  private static Outcome countUp(Place place) {
    Grant grant = place.node().open("ann", Map.of("n", "0")).grantOrThrow();
    AtomicInteger givenUp = new AtomicInteger();

    List<long[]> attempts =
        Threads.together(WRITERS, writer -> countUp(place.node(), grant.credential(), givenUp));

    long counted = count(read(place.node(), grant.credential()));
    long all = (long) WRITERS * EACH;
    return Outcome.of("F2", "8 writers on one session", place.name())
        .tried(all, "updates")
        .lost(all - counted, "updates")
        .note(
            "%s; given up and begun anew %d times",
            Percentiles.of(
                attempts.stream().flatMapToLong(java.util.Arrays::stream).toArray(),
                "tries an update: median %d, p99 %d, most %d"::formatted),
            givenUp.get());
  }

  private static long[] countUp(
      StatefulSessions node, Credential credential, AtomicInteger givenUp) {
    long[] attempts = new long[EACH];
    for (int i = 0; i < EACH; i++) {
      int update = i;
      Session read = read(node, credential);
      while (!(node.update(read, session -> oneMore(session, attempts, update))
          instanceof SaveResult.Saved)) {
        givenUp.incrementAndGet();
        read = read(node, credential);
      }
    }
    return attempts;
  }

  private static Session oneMore(Session session, long[] attempts, int update) {
    attempts[update]++;
    return session.with("n", Long.toString(count(session) + 1));
  }

  private static Session read(StatefulSessions node, Credential credential) {
    return node.validate(credential).accepted().orElseThrow();
  }

  private static long count(Session session) {
    return Long.parseLong(session.attribute("n").orElseThrow());
  }
}
