package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Session;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * F8: replies that come about when the caller stops waiting for them, and callers that are
 * interrupted: the next reply on a connection must not be the one that somebody else gave up.
 */
@Chaos
class F08DirtyConnectionTest {

  private static final int CALLERS = 6;
  private static final int SESSIONS = 32;
  private static final Duration TIMEOUT = Duration.ofMillis(15);
  private static final Duration LASTS = Scale.ofSeconds(4, 60, 600);

  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong interrupts = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  @DisplayName("F8 a reply that somebody gave up MUST never answer another call")
  void lateReplies() {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server);
        RedisSessionStore direct = RedisSessionStore.connect(Servers.patient(server.uri()));
        RedisRevocationList directList = Servers.list(Servers.patient(server.uri()))) {
      List<Session> sessions =
          IntStream.range(0, SESSIONS).mapToObj(i -> Samples.of("user-" + i)).toList();
      sessions.stream().filter(F08DirtyConnectionTest::isLive).forEach(direct::create);
      sessions.stream()
          .filter(session -> !isLive(session))
          .forEach(session -> directList.refuseBelow(session.key(), 9, session.absoluteEnd()));
      RedisConnection hasty =
          Servers.hasty(Servers.uri(proxy)).withSocketTimeout(TIMEOUT).withMaxConnections(4);
      try (RedisSessionStore store = RedisSessionStore.connect(hasty);
          RedisRevocationList list = Servers.list(hasty)) {
        disturb(proxy, store, list, sessions);
      }
    }
    Ledger.judge(
        Outcome.of("F8", "replies delayed about the timeout, callers interrupted", "single Redis")
            .tried(answered.get() + givenUp.get(), "calls")
            .lost(wrong.get(), "wrong replies")
            .note(
                "in %d s %,d were answered, %,d given up, %,d interrupts",
                LASTS.toSeconds(), answered.get(), givenUp.get(), interrupts.get())
            .target("0, and some calls given up", wrong.get() == 0 && givenUp.get() > 0));
  }

  private void disturb(
      TcpProxy proxy, RedisSessionStore store, RedisRevocationList list, List<Session> sessions) {
    Thread[] callers = new Thread[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      callers[i] = new Thread(() -> call(store, list, sessions), "statewise-chaos-caller-" + i);
      callers[i].setDaemon(true);
      callers[i].start();
    }
    Progress progress = new Progress("F8");
    long began = System.nanoTime();
    while (System.nanoTime() - began < LASTS.toNanos()) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      // Each way: together nothing, or from less to more than the callers wait.
      proxy.delay(Duration.ofMillis(random.nextBoolean() ? 3 + random.nextInt(7) : 0));
      LockSupport.parkNanos(Duration.ofMillis(1 + random.nextInt(10)).toNanos());
      if (random.nextInt(4) == 0) {
        callers[random.nextInt(CALLERS)].interrupt();
        interrupts.incrementAndGet();
      }
      progress.at((System.nanoTime() - began) / 1_000_000_000, LASTS.toSeconds(), "s");
    }
    over.set(true);
    for (Thread caller : callers) {
      join(caller);
    }
  }

  private void call(RedisSessionStore store, RedisRevocationList list, List<Session> sessions) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    while (!over.get()) {
      Session session = sessions.get(random.nextInt(sessions.size()));
      try {
        if (!isRight(random.nextInt(3), store, list, session)) {
          wrong.incrementAndGet();
        }
        answered.incrementAndGet();
      } catch (StoreUnavailableException e) {
        givenUp.incrementAndGet();
        // the flag was set again: the next call would not be sent
        Thread.interrupted();
      }
    }
  }

  private static boolean isRight(
      int question, RedisSessionStore store, RedisRevocationList list, Session session) {
    boolean live = isLive(session);
    return switch (question) {
      case 0 -> store.find(session.key()).equals(live ? Optional.of(session) : Optional.empty());
      case 1 -> store.touch(session.key(), Instant.EPOCH) == live;
      default -> list.isRefused(session) != live;
    };
  }

  /** Every other one is in the store; the rest is refused. */
  private static boolean isLive(Session session) {
    return Integer.parseInt(session.subject().substring("user-".length())) % 2 == 0;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The experiment was interrupted.", e);
    }
  }
}
