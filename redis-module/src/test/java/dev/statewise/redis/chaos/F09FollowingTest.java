package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** F9: a node follows the refusals of another, and loses its connections again and again. */
@Chaos
class F09FollowingTest {

  private static final int REFUSALS = Scale.of(1_000, 5_000);
  private static final int CUTS = 10;
  private static final Duration STALENESS = Duration.ofMillis(500);

  @Test
  @DisplayName("F9 a node that follows MUST miss no refusal, however often it is cut off")
  void following() {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server);
        RedisRevocationList writer = Servers.list(Servers.patient(server.uri()));
        RedisRevocationList follower =
            Servers.following(Servers.patient(Servers.uri(proxy)), STALENESS)) {
      List<Session> sessions = samples();
      Awaitility.await().until(() -> answersByItself(follower, proxy));
      long sent = proxy.traffic().commands();
      AtomicLong late = new AtomicLong();
      long longest = 0;
      for (int i = 0; i < sessions.size(); i++) {
        Session session = sessions.get(i);
        writer.refuseBelow(session.key(), Long.MAX_VALUE, session.absoluteEnd());
        if (i % (sessions.size() / CUTS) == sessions.size() / CUTS / 2) {
          proxy.cut();
        }
        if (i % 10 == 0) {
          longest = Math.max(longest, untilRefused(follower, session, late));
        }
      }
      long acknowledged = System.nanoTime();
      LockSupport.parkNanos(STALENESS.toNanos() - (System.nanoTime() - acknowledged));
      long missed = sessions.stream().filter(session -> !follower.isRefused(session)).count();

      Ledger.judge(
          Outcome.of("F9", "10 forced disconnects of a node that follows", "single Redis, list")
              .tried(sessions.size(), "refusals by another node")
              .lost(missed + late.get(), "missed, or learnt after the staleness")
              .target(
                  "0, and a session that was not refused is not",
                  missed + late.get() == 0 && !follower.isRefused(Samples.of("live")))
              .note(
                  "staleness %d ms; of every tenth: learnt within %.1f ms at most; the node sent %,d commands",
                  STALENESS.toMillis(), longest / 1e6, proxy.traffic().commands() - sent));
    }
  }

  @Test
  @DisplayName("F9 plain publishing MUST be found to miss refusals, or nothing was cut")
  void naive() {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server);
        RedisClient writer = Servers.admin(server)) {
      Set<String> heard = ConcurrentHashMap.newKeySet();
      Subscriber subscriber = new Subscriber(proxy, heard);
      Thread thread = new Thread(subscriber, "statewise-chaos-subscriber");
      thread.setDaemon(true);
      thread.start();
      Awaitility.await().until(() -> writer.publish("revoked", "first") == 1);
      for (int i = 0; i < REFUSALS; i++) {
        if (i % (REFUSALS / CUTS) == REFUSALS / CUTS / 2) {
          proxy.cut();
        }
        writer.publish("revoked", Integer.toString(i));
      }
      Awaitility.await().until(() -> writer.publish("revoked", "last") == 1);
      Awaitility.await().until(() -> heard.contains("last"));
      subscriber.over = true;
      proxy.cut();

      Ledger.naive(
          Outcome.of("F9", "10 forced disconnects of a node that subscribes", "PUBLISH on Redis")
              .tried(REFUSALS, "messages")
              .lost(
                  IntStream.range(0, REFUSALS)
                      .filter(i -> !heard.contains(Integer.toString(i)))
                      .count(),
                  "missed"));
    }
  }

  private static boolean answersByItself(RedisRevocationList follower, TcpProxy proxy) {
    Session session = Samples.of("nobody");
    long before = proxy.traffic().commands();
    for (int i = 0; i < 100; i++) {
      follower.isRefused(session);
    }
    return proxy.traffic().commands() - before < 50;
  }

  /** How long after its acknowledgement, in nanoseconds. */
  private static long untilRefused(RedisRevocationList follower, Session session, AtomicLong late) {
    long acknowledged = System.nanoTime();
    long began = acknowledged;
    while (!follower.isRefused(session)) {
      if (began - acknowledged > STALENESS.toNanos()) {
        late.incrementAndGet();
        break;
      }
      began = System.nanoTime();
    }
    return System.nanoTime() - acknowledged;
  }

  private static List<Session> samples() {
    return IntStream.range(0, REFUSALS).mapToObj(i -> Samples.of("user-" + i)).toList();
  }

  /** Subscribes again whenever its connection is lost. */
  private static final class Subscriber implements Runnable {

    private final TcpProxy proxy;
    private final Set<String> heard;
    private volatile boolean over;

    private Subscriber(TcpProxy proxy, Set<String> heard) {
      this.proxy = proxy;
      this.heard = heard;
    }

    @Override
    public void run() {
      while (!over) {
        try (Jedis jedis = new Jedis(Servers.uri(proxy))) {
          jedis.subscribe(
              new JedisPubSub() {
                @Override
                public void onMessage(String channel, String message) {
                  heard.add(message);
                }
              },
              "revoked");
        } catch (JedisException e) {
          // it was cut
        }
      }
    }
  }
}
