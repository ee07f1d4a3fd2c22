package dev.statewise.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A find races the end of its session, on a real server; no clock moves, so no copy gets old. */
@DisplayName("A find in flight")
class NearRacesTest {

  private static final int RACES = Integer.getInteger("statewise.races", 2_000);

  private final String prefix = SharedRedis.newPrefix();
  private final RedisSessionStore nodeA =
      RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(prefix);
  private final RedisSessionStore beneathB =
      RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(prefix);
  private final NearCachedSessionStore nodeB =
      NearCachedSessionStore.over(beneathB)
          .withMaxEntries(1_000_000)
          .withStaleness(Duration.ofMinutes(1))
          .withClock(() -> Samples.NOW)
          .withTicker(() -> 0);
  private final AtomicInteger racers = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    threads.shutdownNow();
    nodeB.close();
    beneathB.close();
    nodeA.close();
  }

  @Test
  @DisplayName("MUST NOT put back a session that is deleted through the same handle meanwhile")
  void sameHandle() throws Exception {
    Near.serving(nodeB);

    int refilled = refilled(nodeB, nodeB);

    assertEquals(0, refilled, "of " + RACES + " ended sessions are accepted again");
  }

  @Test
  @DisplayName("MUST NOT put back a session that is deleted by another node meanwhile")
  void anotherNode() throws Exception {
    Near.serving(nodeB);
    List<Session> sessions = raced(nodeB, nodeA);

    // What the server told of this comes after what it told of those.
    Session last = created();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> nodeB.find(last.key()).isPresent() && nodeB.copies().has(last.key()));
    nodeA.delete(last.key());
    await().atMost(Duration.ofSeconds(30)).until(() -> !nodeB.copies().has(last.key()));

    assertTrue(nodeB.servesCopies(), "the connection was lost meanwhile, so this shows nothing");
    assertEquals(0, present(nodeB, sessions), "of " + RACES + " ended sessions are accepted again");
  }

  @Test
  @DisplayName("of a naive cache puts some back, so the races above are tight enough to see it")
  void naive() throws Exception {
    NaiveNearStore naive = new NaiveNearStore(beneathB);
    int races = 0;
    int refilled = 0;

    for (; refilled == 0 && races < 50 * RACES; races += RACES) {
      refilled = refilled(naive, naive);
    }

    System.out.printf("naive near cache: %d of %d races put back%n", refilled, races);
    assertTrue(refilled > 0, "no race of " + races + " was tight enough");
  }

  private int refilled(SessionStore finding, SessionStore ending) throws Exception {
    return present(finding, raced(finding, ending));
  }

  private List<Session> raced(SessionStore finding, SessionStore ending) throws Exception {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < RACES; i++) {
      sessions.add(created());
    }
    CyclicBarrier start = new CyclicBarrier(2);
    List<Future<?>> both =
        Arrays.asList(
            threads.submit(() -> inStep(start, sessions, one -> finding.find(one.key()))),
            threads.submit(() -> inStep(start, sessions, one -> ending.delete(one.key()))));
    for (Future<?> one : both) {
      one.get(60, TimeUnit.SECONDS);
    }
    return sessions;
  }

  private static Void inStep(CyclicBarrier start, List<Session> sessions, Consumer<Session> action)
      throws Exception {
    for (Session session : sessions) {
      start.await(30, TimeUnit.SECONDS);
      action.accept(session);
    }
    return null;
  }

  private static int present(SessionStore store, List<Session> sessions) {
    return (int)
        sessions.stream()
            .map(session -> store.find(session.key()))
            .filter(Optional::isPresent)
            .count();
  }

  /** Of a subject of its own, so that no index grows with the races. */
  private Session created() {
    Session session = Samples.createdAt("racer-" + racers.incrementAndGet(), Samples.NOW);
    assertTrue(nodeA.create(session));
    return session;
  }
}
