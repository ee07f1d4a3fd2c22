package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.NearCachedSessionStore;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** F13: 64 requests of one session at once, of which the node has no copy. */
@Chaos
class F13HerdTest {

  private static final int THREADS = 64;
  private static final int ROUNDS = Scale.of(50, 1_000);
  private static final int SLOW_ROUNDS = Scale.of(5, 50);
  private static final Duration EACH_WAY = Duration.ofMillis(50);
  private static final Pattern GETS = Pattern.compile("cmdstat_get:calls=(\\d+)");

  @Test
  @DisplayName("F13 a herd on one session MUST be one load a node")
  void near() {
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server);
        RedisSessionStore store = RedisSessionStore.connect(Servers.patient(server.uri()))) {
      StatefulSessions direct = StatefulSessions.over(store, SessionPolicy.defaults());
      List<Grant> grants = opened(direct);
      try (NearCachedSessionStore near = NearCachedSessionStore.over(store)) {
        Grant first = direct.openAnonymous(Map.of()).grantOrThrow();
        Awaitility.await()
            .until(() -> near.find(first.session().key()).isPresent() && near.servesCopies());
        Ledger.judge(
            herd(admin, StatefulSessions.over(near, SessionPolicy.defaults()), grants)
                .note("%,d herds", grants.size()));
      }
      Ledger.naive(herd(admin, direct, opened(direct)));
    }
  }

  @Test
  @DisplayName("F13 a herd MUST take no longer than two loads would")
  void inTime() {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server);
        RedisSessionStore store = RedisSessionStore.connect(Servers.patient(Servers.uri(proxy)))) {
      StatefulSessions direct = StatefulSessions.over(store, SessionPolicy.defaults());
      List<Grant> grants = opened(direct, 2 * SLOW_ROUNDS);
      try (NearCachedSessionStore near =
          NearCachedSessionStore.over(store, RedisConnection.to(server.uri()))) {
        Grant first = direct.openAnonymous(Map.of()).grantOrThrow();
        Awaitility.await()
            .until(() -> near.find(first.session().key()).isPresent() && near.servesCopies());
        proxy.delay(EACH_WAY);
        StatefulSessions node = StatefulSessions.over(near, SessionPolicy.defaults());
        long[] alone = times(node, grants.subList(0, SLOW_ROUNDS), 1);
        long[] together = times(node, grants.subList(SLOW_ROUNDS, 2 * SLOW_ROUNDS), THREADS);
        Ledger.judge(slowHerds(median(together) / (double) median(alone)));
      }
    }
  }

  private static Outcome slowHerds(double times) {
    return Outcome.of("F13", "the same, of a load that takes 100 ms", "single Redis")
        .tried((long) THREADS * SLOW_ROUNDS, "requests in herds of 64")
        .lost(times > 2 ? 1 : 0, "herds at the median that took longer than two loads")
        .note("%.2f times one load", times);
  }

  /** How long each of the sessions took to be asked for by so many threads at once. */
  private static long[] times(StatefulSessions node, List<Grant> grants, int threads) {
    return grants.stream()
        .mapToLong(
            grant -> {
              CyclicBarrier barrier = new CyclicBarrier(threads);
              List<long[]> spans =
                  Threads.together(
                      threads,
                      thread -> {
                        await(barrier);
                        long began = System.nanoTime();
                        node.validate(grant.credential()).acceptedOrThrow();
                        return new long[] {began, System.nanoTime()};
                      });
              long first = spans.stream().mapToLong(span -> span[0]).min().orElseThrow();
              long last = spans.stream().mapToLong(span -> span[1]).max().orElseThrow();
              return last - first;
            })
        .toArray();
  }

  private static long median(long[] values) {
    return LongStream.of(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }

  private static Outcome herd(RedisClient admin, StatefulSessions node, List<Grant> grants) {
    AtomicInteger accepted = new AtomicInteger();
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    long before = gets(admin);
    Threads.together(
        THREADS,
        thread -> {
          for (Grant grant : grants) {
            await(barrier);
            if (node.validate(grant.credential()).accepted().isPresent()) {
              accepted.incrementAndGet();
            }
          }
          return thread;
        });
    long loads = gets(admin) - before;
    boolean all = accepted.get() == THREADS * grants.size();
    return Outcome.of("F13", "64 requests of one session at once", "single Redis")
        .tried((long) THREADS * grants.size(), "requests in herds of 64")
        .lost(Math.max(0, loads - grants.size()), "loads beyond one a herd")
        .target("0, and each request accepted", all && loads <= grants.size());
  }

  private static List<Grant> opened(StatefulSessions node) {
    return opened(node, ROUNDS);
  }

  private static List<Grant> opened(StatefulSessions node, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> node.openAnonymous(Map.of()).grantOrThrow())
        .toList();
  }

  private static long gets(RedisClient admin) {
    Matcher calls = GETS.matcher(admin.info("commandstats"));
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError("The herd has dispersed.", e);
    }
  }
}
