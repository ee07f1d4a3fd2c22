package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

/** Faults of a cluster. */
class RedisOnClusterTest {

  private static final Pattern SCRIPTS_RUN = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

  private static final int LOSSES = 10;

  private RedisSessionStore store;

  @BeforeEach
  void open() {
    store = RedisSessionStore.connect(SharedCluster.patient());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  @DisplayName("the masters MUST be all that serve slots, and each answer when it is dialled")
  void masters() {
    RedisConnection connection = SharedCluster.patient();

    assertThat(connection.masters())
        .hasSize(3)
        .allSatisfy(
            master -> {
              try (Connection dialled = connection.dial(master, Duration.ofSeconds(20))) {
                assertThat(dialled.ping()).isTrue();
              }
            });
  }

  @Test
  @DisplayName(
      "of a node that gives no answer only its sessions MUST be unavailable, until it does")
  void silentNode() {
    List<Session> sessions = new ArrayList<>();
    SharedCluster.onEachMaster(sessions::add);
    RedisConnection hasty =
        SharedCluster.connection(SharedCluster.cluster())
            .withSocketTimeout(Duration.ofMillis(200))
            .withConnectTimeout(Duration.ofMillis(200));
    try (RedisSessionStore quick = RedisSessionStore.connect(hasty)) {
      sessions.forEach(quick::create);
      TcpProxy silent = SharedCluster.cluster().proxies().get(0);
      silent.blackhole();
      try {
        for (Session session : sessions) {
          if (SharedCluster.masterOf(session) == 0) {
            RedisDeadlineTest.assertUnavailable(hasty, () -> quick.find(session.key()));
            RedisDeadlineTest.assertUnavailable(hasty, () -> quick.delete(session.key()));
          } else {
            assertThat(store.find(session.key())).contains(session);
          }
        }
      } finally {
        silent.heal();
      }
    }
    for (Session session : sessions) {
      assertThat(store.find(session.key())).as("after it was healed").contains(session);
    }
  }

  @Test
  @DisplayName("scripts that every node forgot MUST be sent again to the node that wants them")
  void forgottenScripts() {
    SharedCluster.onEachMaster(store::create);
    for (RedisServer master : SharedCluster.cluster().masters()) {
      try (RedisClient admin = RedisClient.create(master.uri())) {
        admin.scriptFlush();
      }
    }

    SharedCluster.onEachMaster(session -> assertThat(store.create(session)).isTrue());
  }

  @Test
  @DisplayName("a write whose reply was lost MUST have one effect and one answer, on either client")
  void oneEffect() {
    assertOneEffectEach(store, store);
    RedisClusterClient client = SharedCluster.jedis();
    assertOneEffectEach(RedisSessionStore.over(client), client);
  }

  private static void assertOneEffectEach(SessionStore lossless, AutoCloseable client) {
    SharedCluster.onEachMaster(session -> RedisSessionStoreTest.warmUp(lossless, session));
    try (LostReplies<SessionStore> lossy =
        SharedCluster.losing(SessionStore.class, lossless, client)) {
      SharedCluster.onEachMaster(
          created -> {
            assertThat(lossless.create(created)).isTrue();
            Session session = created;
            for (int lost = 0; lost < LOSSES; ) {
              Session next = session.with("lost", "" + lost).next(session.lastSeen());
              long before = scriptsRun();
              lossy.loseNextReply();
              assertThat(lossy.handle().replace(next)).isEqualTo(ReplaceResult.REPLACED);
              assertThat(lossless.find(session.key())).contains(next);
              // Once, if it was the reply to a look at the cluster that was lost.
              lost += (int) (scriptsRun() - before) - 1;
              session = next;
            }
          });
    }
  }

  /** Asked past the proxies. */
  private static long scriptsRun() {
    long run = 0;
    for (RedisServer master : SharedCluster.cluster().masters()) {
      try (RedisClient admin = RedisClient.create(master.uri())) {
        Matcher stats = SCRIPTS_RUN.matcher(admin.info("commandstats"));
        run += stats.find() ? Long.parseLong(stats.group(1)) : 0;
      }
    }
    return run;
  }
}
