package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.NearCachedSessionStore;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Grant;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;

/**
 * F10: one node is cut off from Redis, one way or both, with a save on its way; meanwhile another
 * node ends its sessions; then the network heals.
 */
@Chaos
class F10PartitionTest {

  private static final int ROUNDS = Scale.of(1, 4);
  private static final int SESSIONS = 16;
  private static final Duration STALENESS = Duration.ofMillis(500);

  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicInteger acceptedLate = new AtomicInteger();
  private final AtomicInteger acceptedWithin = new AtomicInteger();
  private final AtomicInteger broughtBack = new AtomicInteger();

  enum Way {
    REQUESTS_LOST {
      @Override
      void begin(TcpProxy proxy) {
        proxy.dropToServer();
      }
    },
    REPLIES_LOST {
      @Override
      void begin(TcpProxy proxy) {
        proxy.dropFromServer();
      }
    },
    BOTH_LOST {
      @Override
      void begin(TcpProxy proxy) {
        proxy.blackhole();
      }
    };

    abstract void begin(TcpProxy proxy);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F10 a node that is cut off MUST accept nothing ended beyond its bound, nor undo it")
  void cutOff(Way way) {
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server);
        TcpProxy proxy = Servers.proxy(server)) {
      RedisConnection cut = Servers.hasty(Servers.uri(proxy)).withMaxConnections(64);
      RedisConnection well = Servers.patient(server.uri());
      try (RedisSessionStore store = RedisSessionStore.connect(cut);
          NearCachedSessionStore near =
              NearCachedSessionStore.over(store).withStaleness(STALENESS);
          RedisRevocationList list = Servers.list(cut);
          RedisSessionStore otherStore = RedisSessionStore.connect(well);
          RedisRevocationList otherList = Servers.list(well)) {
        StatefulSessions other = stateful(otherStore);
        List<Side> sides =
            List.of(
                new Side(stateful(store), other, Duration.ZERO),
                new Side(stateful(near), other, STALENESS),
                new Side(Samples.hybrid(list), Samples.hybrid(otherList), Duration.ZERO));
        for (int round = 0; round < ROUNDS; round++) {
          round(way, proxy, admin, sides);
        }
      }
    }
    String what =
        "node cut off, " + way.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    Ledger.judge(
        Outcome.of("F10", what, "single Redis: store, near cache, list")
            .tried(tried.get(), "validations of an ended session, cut off and after")
            .lost(
                acceptedLate.get() + (long) broughtBack.get(),
                "accepted beyond the bound, or brought back")
            .note(
                "the near cache accepted %,d within its bound of %d ms",
                acceptedWithin.get(), STALENESS.toMillis()));
  }

  /** Two nodes on one store or list; {@code here} is cut off. */
  private record Side(Sessions here, Sessions there, Duration bound) {}

  private record Ended(Side side, Grant grant, long atNanos) {}

  private void round(Way way, TcpProxy proxy, RedisClient admin, List<Side> sides) {
    List<Ended> opened = new ArrayList<>();
    for (Side side : sides) {
      IntStream.range(0, SESSIONS)
          .mapToObj(i -> side.there().open("ann", Map.of("cart", "1")).grantOrThrow())
          .forEach(grant -> opened.add(new Ended(side, grant, 0)));
    }
    // Twice: the first find of a near cache only starts it.
    opened.forEach(each -> each.side().here().validate(each.grant().credential()));
    opened.forEach(each -> each.side().here().validate(each.grant().credential()));

    way.begin(proxy);
    List<Thread> saves = savesInFlight(opened);
    List<Ended> ended =
        opened.stream()
            .map(
                each -> {
                  each.side().there().end(each.grant().session()).endedOrThrow();
                  return new Ended(each.side(), each.grant(), System.nanoTime());
                })
            .toList();
    Threads.together(ended.size(), i -> whileCutOff(ended.get(i)));
    saves.forEach(F10PartitionTest::join);
    proxy.heal();
    afterwards(admin, ended);
  }

  /** A save of each session, sent into the partition. */
  private static List<Thread> savesInFlight(List<Ended> opened) {
    return opened.stream()
        .map(
            each -> {
              Thread thread =
                  new Thread(
                      () -> each.side().here().save(each.grant().session().with("cart", "2")),
                      "statewise-chaos-save");
              thread.setDaemon(true);
              thread.start();
              return thread;
            })
        .toList();
  }

  private int whileCutOff(Ended ended) {
    long until = System.nanoTime() + 2 * STALENESS.toNanos();
    while (System.nanoTime() - until < 0) {
      long sinceEnd = System.nanoTime() - ended.atNanos();
      Validation answer = ended.side().here().validate(ended.grant().credential());
      tried.incrementAndGet();
      if (answer instanceof Validation.Accepted) {
        boolean late = sinceEnd > ended.side().bound().toNanos();
        (late ? acceptedLate : acceptedWithin).incrementAndGet();
      }
    }
    return 0;
  }

  private void afterwards(RedisClient admin, List<Ended> ended) {
    for (Ended each : ended) {
      Awaitility.await().until(() -> !(validated(each) instanceof Unavailable));
      boolean accepted = validated(each) instanceof Validation.Accepted;
      tried.incrementAndGet();
      if (accepted || admin.exists(Place.redisKey(each.grant().session().key()))) {
        broughtBack.incrementAndGet();
      }
    }
  }

  private static Validation validated(Ended ended) {
    return ended.side().here().validate(ended.grant().credential());
  }

  private static StatefulSessions stateful(dev.statewise.spi.SessionStore store) {
    return StatefulSessions.over(store, SessionPolicy.defaults());
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
