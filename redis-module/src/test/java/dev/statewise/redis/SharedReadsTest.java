package dev.statewise.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads that are under way, held by hand between what they saw and their answer. */
@DisplayName("A read that is under way")
class SharedReadsTest {

  private static final int THREADS = 64;
  private static final Duration STALENESS = Duration.ofSeconds(60);

  private final HeldStore source = new HeldStore();
  private final HandTicker ticker = new HandTicker();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final NearCachedSessionStore near = near(STALENESS);

  @AfterEach
  void stop() {
    goOn.countDown();
    threads.shutdownNow();
  }

  @Test
  @DisplayName("F13 MUST be the only one of 64 threads that ask for one session")
  void oneRead() throws Exception {
    Session session = source.stored();
    holdReads();

    List<Future<Optional<Session>>> finds = found(near, session, THREADS);
    awaitWaiting(THREADS - 1);
    goOn.countDown();

    for (Future<Optional<Session>> find : finds) {
      assertEquals(Optional.of(session), answer(find), "a thread was not answered");
    }
    assertEquals(1, source.reads.get(), "threads read the same session at the same time");
  }

  @Test
  @DisplayName("F13 MUST fail all that wait for it if it fails, and be forgotten")
  void sharedFailure() throws Exception {
    Session session = source.stored();
    holdReads();
    Runnable hold = source.afterRead;
    source.afterRead =
        () -> {
          hold.run();
          throw new StoreUnavailableException("The server is down.", null);
        };

    List<Future<Optional<Session>>> finds = found(near, session, THREADS);
    awaitWaiting(THREADS - 1);
    goOn.countDown();

    for (Future<Optional<Session>> find : finds) {
      ExecutionException failed = assertThrows(ExecutionException.class, () -> answer(find));
      assertInstanceOf(StoreUnavailableException.class, failed.getCause());
    }
    assertEquals(1, source.reads.get(), "those that waited went to a server that is down");
    source.afterRead = () -> {};
    assertEquals(Optional.of(session), near.find(session.key()), "the failure was kept");
  }

  @Test
  @DisplayName("MUST NOT fail others because its own thread was interrupted")
  void interruptedLeader() throws Exception {
    Session session = source.stored();
    holdReads();
    Runnable hold = source.afterRead;
    source.afterRead =
        () -> {
          source.afterRead = () -> {};
          hold.run();
          Thread.currentThread().interrupt();
          throw new StoreUnavailableException("The wait was interrupted.", null);
        };

    Future<Optional<Session>> leader = find(near, session);
    awaitHeld();
    Future<Optional<Session>> other = find(near, session);
    awaitWaiting(1);
    goOn.countDown();

    assertThrows(ExecutionException.class, () -> answer(leader));
    assertEquals(Optional.of(session), answer(other), "it failed for another thread's interrupt");
  }

  @Test
  @DisplayName("MUST be waited for no longer than what it brings could be used")
  void boundedWait() throws Exception {
    NearCachedSessionStore brief = near(Duration.ofMillis(20));
    Session session = source.stored();
    holdReads();
    Runnable hold = source.afterRead;
    source.afterRead =
        () -> {
          source.afterRead = () -> {};
          hold.run();
        };

    Future<Optional<Session>> stuck = find(brief, session);
    awaitHeld();

    assertEquals(Optional.of(session), answer(find(brief, session)), "a stuck thread held another");
    goOn.countDown();
    assertEquals(Optional.of(session), answer(stuck));
  }

  @Test
  @DisplayName("MUST leave a thread that is interrupted while it waits unavailable and interrupted")
  void interruptedWaiter() throws Exception {
    Session session = source.stored();
    holdReads();
    Future<Optional<Session>> leader = find(near, session);
    awaitHeld();

    Future<Boolean> interrupted =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(StoreUnavailableException.class, () -> near.find(session.key()));
              return Thread.currentThread().isInterrupted();
            });

    assertTrue(interrupted.get(30, TimeUnit.SECONDS), "the interrupt was swallowed");
    goOn.countDown();
    assertEquals(Optional.of(session), answer(leader));
  }

  @Test
  @DisplayName("MUST NOT tell others that there was no session")
  void absenceIsNotShared() throws Exception {
    Session session = Samples.session();
    holdReads();
    Future<Optional<Session>> before = find(near, session);
    awaitHeld();
    source.afterRead = () -> {};
    source.stored(session);

    Future<Optional<Session>> after = find(near, session);
    awaitWaiting(1);
    goOn.countDown();

    assertEquals(Optional.empty(), answer(before));
    assertEquals(
        Optional.of(session), answer(after), "a session opened on another node was rejected");
  }

  @Test
  @DisplayName("MUST be useless to later finds once the session is deleted here")
  void deletedMeanwhile() throws Exception {
    assertEquals(
        Optional.empty(),
        refilled(session -> near.delete(session.key())),
        "an ended session was put back by a read that had seen it before");
  }

  @Test
  @DisplayName("MUST be useless to later finds once the server tells of a change")
  void invalidatedMeanwhile() throws Exception {
    assertEquals(
        Optional.empty(),
        refilled(
            session -> {
              source.inner.delete(session.key());
              near.copies().drop(session.key());
            }),
        "an ended session was put back by a read that had seen it before");
  }

  @Test
  @DisplayName("MUST be useless to later finds once changes were not heard of")
  void lostMeanwhile() throws Exception {
    assertEquals(
        Optional.empty(),
        refilled(
            session -> {
              near.copies().bypass();
              source.inner.delete(session.key());
              near.copies().serve();
            }),
        "an ended session was put back by a read that had seen it before");
  }

  @Test
  @DisplayName("MUST be useless to later finds once all of the subject are deleted here")
  void allDeletedMeanwhile() throws Exception {
    assertEquals(
        Optional.empty(),
        refilled(session -> near.subjects().orElseThrow().deleteAll(session.subject())),
        "an ended session was put back by a read that had seen it before");
  }

  @Test
  @DisplayName("MUST be useless to later finds once the session is touched or saved here")
  void writtenMeanwhile() throws Exception {
    assertEquals(
        Optional.of(Samples.NOW.plusSeconds(60)),
        refilled(session -> near.touch(session.key(), Samples.NOW.plusSeconds(60)))
            .map(Session::lastSeen),
        "a touch through this handle is not seen through it");
  }

  @Test
  @DisplayName("put into a plain cache puts an ended session back, so these tests can see it")
  void naive() throws Exception {
    NaiveNearStore naive = new NaiveNearStore(source);
    assertEquals(
        1,
        refilled(naive, session -> naive.delete(session.key())).stream().count(),
        "the tests above would pass whatever the code did");
  }

  private Optional<Session> refilled(Consumer<Session> change) throws Exception {
    return refilled(near, change);
  }

  /** What a later find answers if a change comes between what a read saw and its answer. */
  private Optional<Session> refilled(SessionStore store, Consumer<Session> change)
      throws Exception {
    Session session = source.stored();
    holdReads();
    Future<Optional<Session>> read = find(store, session);
    awaitHeld();
    source.afterRead = () -> {};

    change.accept(session);
    goOn.countDown();

    assertEquals(Optional.of(session), answer(read), "it read before the change");
    return store.find(session.key());
  }

  private NearCachedSessionStore near(Duration staleness) {
    return HeldNear.over(source, ticker, () -> Samples.NOW, staleness, 100);
  }

  private void holdReads() {
    source.afterRead =
        () -> {
          held.countDown();
          awaitUninterruptibly(goOn);
        };
  }

  private void awaitHeld() throws InterruptedException {
    assertTrue(held.await(30, TimeUnit.SECONDS), "the read did not begin");
  }

  /** Until so many threads wait for the read that is held. */
  private void awaitWaiting(int count) throws InterruptedException {
    awaitHeld();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> near.copies().waiting() == count);
  }

  private List<Future<Optional<Session>>> found(SessionStore store, Session session, int times) {
    List<Future<Optional<Session>>> finds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      finds.add(find(store, session));
    }
    return finds;
  }

  private Future<Optional<Session>> find(SessionStore store, Session session) {
    Callable<Optional<Session>> find = () -> store.find(session.key());
    return threads.submit(find);
  }

  private static <T> T answer(Future<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody let the read go on");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
