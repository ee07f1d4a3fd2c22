package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** F6: the master dies while its replica is behind, and the replica takes over. */
@Chaos
class F06FailoverTest {

  private static final int CALLERS = 4;
  private static final Duration WELL = Duration.ofMillis(Scale.of(400, 2_000));
  private static final Duration BEHIND = Duration.ofMillis(Scale.of(600, 4_000));
  private static final Duration DOWN_AFTER = Duration.ofSeconds(2);

  // More than the sockets hold of what the replica has not read: that would still reach it.
  private static final String VALUE = "x".repeat(2_000);

  private final AtomicLong unconfirmed = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private volatile boolean over;

  @Test
  @DisplayName("F6 a refusal that was acknowledged MUST survive the master")
  void acknowledged() {
    try (RedisSentinels sentinels = Servers.sentinels(DOWN_AFTER);
        RedisRevocationList list =
            Servers.list(Servers.connection(sentinels).withSocketTimeout(Duration.ofSeconds(1)));
        RedisRevocationList waiting = list.withAcknowledgementOf(1, Duration.ofMillis(100))) {
      double plainly = rate(list);
      double patiently = rate(waiting);
      List<Session> raised = failOver(sentinels, waiting);
      Session live = Samples.of("live");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isAnswered(waiting, live));

      long forgotten = raised.stream().filter(session -> !waiting.isRefused(session)).count();

      Ledger.judge(
          Outcome.of("F6", "master killed, replica behind", "Sentinel, list with WAIT 1")
              .tried(raised.size(), "acknowledged refusals")
              .lost(forgotten, "forgotten in the failover")
              .target(
                  "0, and a session that was not refused is not",
                  forgotten == 0 && !waiting.isRefused(live))
              .note(
                  "%,d unconfirmed, %,d unavailable; a caller raises %.0f a second with WAIT, %.0f without",
                  unconfirmed.get(), unavailable.get(), patiently, plainly));
    }
  }

  @Test
  @DisplayName("F6 a plain SET MUST be found to be lost, or the replica was not behind")
  void naive() {
    try (RedisSentinels sentinels = Servers.sentinels(DOWN_AFTER)) {
      RedisServer master = sentinels.master();
      List<String> acknowledged = new ArrayList<>();
      try (RedisClient client = Servers.admin(master)) {
        sentinels.servers().get(1).pause();
        set(client, acknowledged, BEHIND);
        sentinels.killMaster();
        sentinels.servers().get(1).resume();
      }
      RedisServer next = sentinels.awaitFailoverFrom(master);
      try (RedisClient client = Servers.admin(next)) {
        long left = acknowledged.stream().filter(client::exists).count();

        Ledger.naive(
            Outcome.of("F6", "master killed, replica behind", "plain SET on Sentinel")
                .tried(acknowledged.size(), "acknowledged writes")
                .lost(acknowledged.size() - left, "forgotten in the failover"));
      }
    }
  }

  private static boolean isAnswered(RedisRevocationList list, Session session) {
    try {
      list.isRefused(session);
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private List<Session> failOver(RedisSentinels sentinels, RedisRevocationList list) {
    RedisServer master = sentinels.master();
    Thread death = new Thread(() -> die(sentinels), "statewise-chaos-death");
    death.start();
    List<Session> raised =
        Threads.together(CALLERS, caller -> raise(list)).stream().flatMap(List::stream).toList();
    sentinels.awaitFailoverFrom(master);
    return raised;
  }

  private void die(RedisSentinels sentinels) {
    RedisServer replica = sentinels.servers().get(1);
    LockSupport.parkNanos(WELL.toNanos());
    replica.pause();
    LockSupport.parkNanos(BEHIND.toNanos());
    sentinels.killMaster();
    over = true;
    replica.resume();
  }

  /** Those that were acknowledged. */
  private List<Session> raise(RedisRevocationList list) {
    List<Session> raised = new ArrayList<>();
    while (!over) {
      Session session = Samples.of("user");
      try {
        Acknowledgement answer =
            list.refuseBelow(session.key(), Long.MAX_VALUE, session.absoluteEnd());
        if (answer == Acknowledgement.UNCONFIRMED) {
          unconfirmed.incrementAndGet();
        } else {
          raised.add(session);
        }
      } catch (StoreUnavailableException e) {
        unavailable.incrementAndGet();
      }
    }
    return raised;
  }

  private static double rate(RedisRevocationList list) {
    int calls = Scale.of(200, 2_000);
    long began = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      Session session = Samples.of("user");
      list.refuseBelow(session.key(), 2, session.absoluteEnd());
    }
    return calls * 1e9 / (System.nanoTime() - began);
  }

  private static void set(RedisClient client, List<String> acknowledged, Duration lasts) {
    long until = System.nanoTime() + lasts.toNanos();
    for (int i = 0; System.nanoTime() - until < 0; i++) {
      try {
        client.set("deny:" + i, VALUE);
        acknowledged.add("deny:" + i);
      } catch (JedisException e) {
        // it was not acknowledged
      }
    }
  }
}
