package dev.statewise.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.jwt.Redemption;
import dev.statewise.jwt.RefreshKeys;
import dev.statewise.jwt.RefreshOpening;
import dev.statewise.jwt.RefreshPolicy;
import dev.statewise.jwt.RefreshTokens;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** F22: one refresh token is presented by many at once, while replies are lost. */
@Chaos
class F22RefreshTest {

  private static final int THREADS = 16;
  private static final int ROUNDS = Scale.of(60, 1_000, 10_000);
  private static final int RETRIES = 200;
  private static final int LOSSES = 3;
  // A busy machine may stop a thread for longer than the default of 20 s.
  private static final RefreshPolicy POLICY =
      RefreshPolicy.defaults().withGrace(Duration.ofMinutes(5));
  private static final RefreshKeys KEYS = RefreshKeys.generate("chaos");

  @Test
  @DisplayName("F22 of one generation there MUST be one successor, and no family dies of a retry")
  void lostReplies() {
    try (RedisServer server = Servers.start();
        TcpProxy one = Servers.proxy(server);
        TcpProxy other = Servers.proxy(server);
        Node here = Node.at(Servers.patient(Servers.uri(one)));
        Node there = Node.at(Servers.patient(Servers.uri(other)))) {
      List<Node> nodes = List.of(here, there);
      AtomicLong refused = new AtomicLong();
      AtomicLong unavailable = new AtomicLong();
      Credential first = here.open();
      long before = one.traffic().connections() + other.traffic().connections();

      Contest contest =
          new Contest(
              first.value(),
              (thread, token) ->
                  successor(
                      nodes.get(thread % 2).refresh(),
                      token,
                      refused,
                      unavailable,
                      (thread % 2 == 0 ? one : other)::loseNextReply));
      contest.run("F22 single Redis");

      long lost = one.traffic().connections() + other.traffic().connections() - before;
      boolean alive =
          !successor(here.refresh(), contest.token(), refused, unavailable, () -> {}).isEmpty();
      Ledger.judge(
          Outcome.of("F22", "a refresh token presented by 16 threads, replies lost", "single Redis")
              .tried((long) THREADS * ROUNDS, "redemptions")
              .lost(
                  contest.forked() + refused.get() + (alive ? 0 : 1),
                  "generations with two successors, honest retries refused, and families dead at the end")
              .note(
                  "%,d connections lost with a reply; %,d answers unavailable and tried again",
                  lost, unavailable.get()));
      assertThat(lost).as("replies lost").isPositive();
    }
  }

  @Test
  @DisplayName("F22 what was rotated MUST be known after a restart, on another node too")
  void restart() {
    try (RedisServer server = Servers.start("--appendonly", "yes", "--appendfsync", "always")) {
      int lost = 0;
      int families = Scale.of(3, 10);
      for (int i = 0; i < families; i++) {
        lost += survives(server) ? 0 : 1;
      }
      Ledger.judge(
          Outcome.of("F22", "restart between redemptions, each write in the AOF", "single Redis")
              .tried(families, "families, two restarts each")
              .lost(lost, "families that forgot a rotation, or died of a retry"));
    }
  }

  @Test
  @DisplayName("F22 drawing successors, and checking before marking, MUST be found to fork")
  void naive() {
    try (RedisServer server = Servers.start();
        RedisClient client = Servers.admin(server)) {
      Contest contest =
          new Contest(
              "first",
              (thread, token) -> {
                if (client.exists("used:" + token)) {
                  return "";
                }
                client.set("used:" + token, "1");
                return UUID.randomUUID().toString();
              });
      contest.run("F22 (naive)");

      Ledger.naive(
          Outcome.of(
                  "F22",
                  "a refresh token presented by 16 threads",
                  "random successors, EXISTS then SET")
              .tried(ROUNDS, "generations")
              .lost(contest.forked(), "with two successors or more"));
    }
  }

  private static boolean survives(RedisServer server) {
    Credential first;
    Credential second;
    try (Node node = Node.at(Servers.patient(server.uri()))) {
      first = node.open();
      second = redeemed(node, first);
    }
    server.restart();
    Credential third;
    try (Node node = Node.at(Servers.patient(server.uri()))) {
      if (!redeemed(node, first).equals(second)) {
        return false;
      }
      third = redeemed(node, second);
    }
    server.restart();
    try (Node node = Node.at(Servers.patient(server.uri()))) {
      return redeemed(node, second).equals(third)
          && node.withoutGrace().redeem(first, Node::state) instanceof Redemption.Reused
          && node.refresh().redeem(third, Node::state) instanceof Redemption.Rejected;
    }
  }

  private static Credential redeemed(Node node, Credential token) {
    return node.refresh().redeem(token, Node::state) instanceof Redemption.Redeemed redeemed
        ? redeemed.grant().refresh()
        : Credential.of("");
  }

  /** What an honest client does: it tries again until it is answered. Empty if it is refused. */
  private static String successor(
      RefreshTokens refresh,
      String token,
      AtomicLong refused,
      AtomicLong unavailable,
      Runnable loseReply) {
    for (int i = 0; i < RETRIES; i++) {
      if (i < LOSSES) {
        loseReply.run();
      }
      Redemption redemption = refresh.redeem(Credential.of(token), Node::state);
      if (redemption instanceof Redemption.Redeemed redeemed) {
        return redeemed.grant().refresh().value();
      }
      if (!(redemption instanceof Redemption.Unavailable)) {
        break;
      }
      unavailable.incrementAndGet();
    }
    refused.incrementAndGet();
    return "";
  }

  /** A node, whose tokens every other verifies. */
  private record Node(RedisSessionStore families, RedisRevocationList list, RefreshTokens refresh)
      implements AutoCloseable {

    static Node at(RedisConnection connection) {
      RedisSessionStore families = RedisSessionStore.connect(connection).withKeyPrefix("family:");
      RedisRevocationList list = Servers.list(connection).assumingDurable();
      return new Node(families, list, Samples.refresh(families, list, KEYS, POLICY));
    }

    RefreshTokens withoutGrace() {
      return Samples.refresh(
          families, list, KEYS, POLICY.withGrace(Duration.ZERO).withClockSkew(Duration.ZERO));
    }

    static Map<String, String> state(String subject, Object session) {
      return Map.of("role", "user");
    }

    Credential open() {
      String subject = "user-" + ThreadLocalRandom.current().nextInt(1_000_000);
      return refresh.open(subject, Map.of()) instanceof RefreshOpening.Opened opened
          ? opened.grant().refresh()
          : Credential.of("");
    }

    @Override
    public void close() {
      families.close();
      list.close();
    }
  }

  /** All threads present the same token at once; one of what they got is the next. */
  private static final class Contest {

    private final BiFunction<Integer, String, String> present;
    private final Set<String> successors = ConcurrentHashMap.newKeySet();
    private volatile String token;
    private int forked;

    Contest(String token, BiFunction<Integer, String, String> present) {
      this.token = token;
      this.present = present;
    }

    void run(String what) {
      Progress progress = new Progress(what);
      int[] done = new int[1];
      CyclicBarrier ready = new CyclicBarrier(THREADS);
      CyclicBarrier over =
          new CyclicBarrier(
              THREADS,
              () -> {
                judge();
                progress.at(++done[0], ROUNDS, "generations");
              });
      Threads.together(
          THREADS,
          thread -> {
            for (int round = 0; round < ROUNDS; round++) {
              await(ready);
              String successor = present.apply(thread, token);
              if (!successor.isEmpty()) {
                successors.add(successor);
              }
              await(over);
            }
            return thread;
          });
    }

    private void judge() {
      if (successors.size() > 1) {
        forked++;
      }
      if (!successors.isEmpty()) {
        token = new ArrayList<>(successors).get(0);
      }
      successors.clear();
    }

    String token() {
      return token;
    }

    int forked() {
      return forked;
    }

    private static void await(CyclicBarrier barrier) {
      try {
        barrier.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      } catch (BrokenBarrierException e) {
        throw new AssertionError("another thread failed", e);
      }
    }
  }
}
