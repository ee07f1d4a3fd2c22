package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** F4: a server that is full, and drops what it likes, or nothing. */
@Chaos
class F04EvictionTest {

  private static final int REFUSALS = Scale.of(2_000, 5_000);
  private static final long LIFE_MILLIS = 3_600_000;
  private static final String TRAFFIC = "x".repeat(1_000);

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "allkeys-lru",
        "allkeys-lfu",
        "allkeys-random",
        "volatile-lru",
        "volatile-lfu",
        "volatile-random",
        "volatile-ttl"
      })
  @DisplayName("F4 a list on a server that evicts MUST refuse to work, and say so")
  void evicting(String policy) {
    try (RedisServer server = full(policy);
        RedisRevocationList list = Servers.list(Servers.patient(server.uri()))) {
      int raised = raise(list, samples()).size();

      Ledger.judge(
          Outcome.of("F4", "refusals on a full server, " + policy, "single Redis, list")
              .tried(REFUSALS, "refusals")
              .lost(raised, "acknowledged, and so to be forgotten"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"allkeys-lru", "volatile-lru", "volatile-ttl"})
  @DisplayName("F4 a key for each id MUST be found to be forgotten, or the server was not full")
  void naive(String policy) {
    try (RedisServer server = full(policy);
        RedisClient admin = Servers.admin(server)) {
      Ledger.naive(plainDenylist(admin, policy));
    }
  }

  @Test
  @DisplayName("F4 on a full server that evicts nothing a refusal MUST be kept or be unavailable")
  void full() {
    try (RedisServer server = full("noeviction");
        RedisClient admin = Servers.admin(server);
        RedisRevocationList list = Servers.list(Servers.patient(server.uri()))) {
      List<Session> before = raise(list, samples());
      list.isRefused(before.get(0));
      fill(admin);
      List<Session> after = raise(list, samples());
      List<Session> raised = new ArrayList<>(before);
      raised.addAll(after);

      Ledger.judge(
          Outcome.of("F4", "refusals on a full server, noeviction", "single Redis, list")
              .tried(2L * REFUSALS, "refusals")
              .lost(
                  raised.stream().filter(session -> !list.isRefused(session)).count(),
                  "acknowledged and forgotten")
              .note("%,d were unavailable when it was full", REFUSALS - after.size()));
    }
  }

  private static RedisServer full(String policy) {
    return Servers.start("--maxmemory", "8mb", "--maxmemory-policy", policy);
  }

  /** Those that were acknowledged. */
  private static List<Session> raise(RedisRevocationList list, List<Session> sessions) {
    return sessions.stream().filter(session -> isRaised(list, session)).toList();
  }

  private static boolean isRaised(RedisRevocationList list, Session session) {
    try {
      return list.refuseBelow(session.key(), 2, session.absoluteEnd()) == Acknowledgement.RAISED;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /** A denylist as one writes it by hand: a key for each id, until the token would have expired. */
  private static Outcome plainDenylist(RedisClient admin, String policy) {
    IntStream.range(0, REFUSALS)
        .forEach(i -> admin.set("deny:" + i, "1", SetParams.setParams().px(LIFE_MILLIS / 2)));
    fill(admin);
    long left = IntStream.range(0, REFUSALS).filter(i -> admin.exists("deny:" + i)).count();
    return Outcome.of("F4", "a key for each id on a full server, " + policy, "plain SET on Redis")
        .tried(REFUSALS, "refusals")
        .lost(REFUSALS - left, "forgotten");
  }

  /** Twice as much as there is room for, as sessions would. */
  private static void fill(RedisClient admin) {
    try {
      for (int i = 0; i < 12_000; i++) {
        admin.set("session:" + i, TRAFFIC, SetParams.setParams().px(LIFE_MILLIS));
      }
    } catch (JedisDataException full) {
      // OOM: it evicts nothing, and is full
    }
  }

  private static List<Session> samples() {
    return IntStream.range(0, REFUSALS).mapToObj(i -> Samples.of("user-" + i)).toList();
  }
}
