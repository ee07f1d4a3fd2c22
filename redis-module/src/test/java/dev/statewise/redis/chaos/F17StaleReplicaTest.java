package dev.statewise.redis.chaos;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Grant;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** F17: there is a replica, and it is behind. */
@Chaos
class F17StaleReplicaTest {

  private static final int SESSIONS = Scale.of(200, 5_000);
  private static final Duration BEHIND = Duration.ofMillis(50);

  @Test
  @DisplayName("F17 an ended session MUST NOT be accepted because a replica still has it")
  void stopped() {
    try (RedisSentinels sentinels = Servers.sentinels(Duration.ofMinutes(5))) {
      RedisConnection connection = Servers.patient(Servers.connection(sentinels));
      try (RedisSessionStore store = RedisSessionStore.connect(connection);
          RedisSessionStore otherStore = RedisSessionStore.connect(connection);
          RedisRevocationList list = Servers.list(connection);
          RedisRevocationList otherList = Servers.list(connection)) {
        sentinels.servers().get(1).pause();
        StatefulSessions stateful = stateful(store);
        HybridSessions hybrid = Samples.hybrid(list);
        int lost = 0;
        for (int i = 0; i < SESSIONS; i++) {
          Grant one = stateful.open("ann", Map.of()).grantOrThrow();
          Grant other = hybrid.open("ann", Map.of()).grantOrThrow();
          stateful.end(one.session()).endedOrThrow();
          hybrid.end(other.session()).endedOrThrow();
          boolean accepted =
              stateful(otherStore).validate(one.credential()).accepted().isPresent()
                  || Samples.hybrid(otherList).validate(other.credential()).accepted().isPresent();
          lost += accepted ? 1 : 0;
        }
        sentinels.servers().get(1).resume();
        Ledger.judge(
            Outcome.of("F17", "replica stopped (SIGSTOP)", "Sentinel, store and list")
                .tried(2L * SESSIONS, "sessions ended by another node")
                .lost(lost, "accepted"));
      }
    }
  }

  @Test
  @DisplayName("F17 a read from a replica that is behind MUST be found to accept what was ended")
  void naive() {
    try (RedisServer master = Servers.start();
        TcpProxy between = Servers.proxy(master);
        RedisServer replica = Servers.start("--replicaof", between.host() + " " + between.port());
        RedisClient writer = Servers.admin(master);
        RedisClient reader = Servers.admin(replica)) {
      Awaitility.await().until(() -> reader.info("replication").contains("master_link_status:up"));
      between.delay(BEHIND);
      int lost = 0;
      int tried = Scale.of(20, 100);
      for (int i = 0; i < tried; i++) {
        String key = "session:" + i;
        writer.set(key, "1");
        Awaitility.await().until(() -> reader.exists(key));
        writer.del(key);
        lost += reader.exists(key) ? 1 : 0;
      }
      Ledger.naive(
          Outcome.of("F17", "reads from a replica that is 50 ms behind", "plain SET on Redis")
              .tried(tried, "sessions ended")
              .lost(lost, "still there"));
    }
  }

  private static StatefulSessions stateful(RedisSessionStore store) {
    return StatefulSessions.over(store, SessionPolicy.defaults());
  }
}
