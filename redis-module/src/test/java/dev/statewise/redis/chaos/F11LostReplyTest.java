package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** F11: the server does as it was asked, the reply is lost, and the client sends again. */
@Chaos
class F11LostReplyTest {

  private static final int LOSSES = Scale.of(800, 10_000);

  private static final Duration STALENESS = Duration.ofMillis(500);

  // Enough to meet each master of a cluster with each script.
  private static final int WARM_UPS = 20;

  @Test
  @DisplayName("F11 on a single Redis each verb MUST have one effect and one answer")
  void single() {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server)) {
      RedisConnection lossy = Servers.patient(Servers.uri(proxy));
      RedisConnection direct = Servers.patient(server.uri());
      try (RedisSessionStore store = RedisSessionStore.connect(lossy);
          RedisRevocationList list = Servers.list(lossy);
          RedisSessionStore witness = RedisSessionStore.connect(direct);
          RedisRevocationList listWitness = Servers.list(direct)) {
        Lossy node =
            new Lossy(
                store,
                list,
                witness,
                listWitness,
                key -> proxy.loseNextReply(),
                () -> proxy.traffic().connections());

        Ledger.judge(lose(node, "single Redis"));
      }
    }
  }

  @Test
  @DisplayName("F11 on a cluster each verb MUST have one effect and one answer")
  void cluster() {
    try (RedisCluster cluster = Servers.clusterBehindProxies()) {
      RedisConnection connection = Servers.patient(Servers.connection(cluster));
      try (RedisSessionStore store = RedisSessionStore.connect(connection);
          RedisRevocationList list = Servers.following(connection, STALENESS)) {
        Ledger.judge(lose(behindProxies(cluster, store, list), "cluster"));
      }
    }
  }

  @Test
  @DisplayName("F11 through the retries of Jedis' cluster client each verb MUST have one effect")
  void jedisCluster() {
    try (RedisCluster cluster = Servers.clusterBehindProxies();
        RedisClusterClient client = Servers.jedis(cluster);
        RedisSessionStore store = RedisSessionStore.over(client);
        RedisRevocationList list =
            Servers.following(Servers.patient(Servers.connection(cluster)), STALENESS)) {
      Ledger.judge(lose(behindProxies(cluster, store, list), "cluster, Jedis' own client"));
    }
  }

  private static Lossy behindProxies(
      RedisCluster cluster, RedisSessionStore store, RedisRevocationList list) {
    List<TcpProxy> proxies = cluster.proxies();
    return new Lossy(
        store,
        list,
        store,
        list,
        key -> proxies.get(Servers.masterOf(key)).loseNextReply(),
        () -> proxies.stream().mapToLong(proxy -> proxy.traffic().connections()).sum());
  }

  private static Outcome lose(Lossy node, String place) {
    List<Lossy.Verb> verbs = List.of(Lossy.Verb.values());
    // So that the server knows each script: its text is a request of its own.
    for (int i = 0; i < WARM_UPS; i++) {
      verbs.forEach(verb -> verb.isDoneOnce(node.harmless()));
    }
    long before = node.connections().getAsLong();
    Progress progress = new Progress("F11 " + place);
    int wrong = 0;
    int unavailable = 0;
    for (int i = 0; node.connections().getAsLong() - before < LOSSES; i++) {
      try {
        if (!verbs.get(i % verbs.size()).isDoneOnce(node)) {
          wrong++;
        }
      } catch (StoreUnavailableException e) {
        unavailable++;
      }
      progress.at(node.connections().getAsLong() - before, LOSSES, "lost replies");
    }
    long lost = node.connections().getAsLong() - before;
    return Outcome.of("F11", "the reply is lost and the write sent again", place)
        .tried(lost, "lost replies")
        .lost(wrong + unavailable, "writes with another effect or answer than one")
        .note(
            "%d of them unavailable; %s",
            unavailable,
            verbs.stream()
                .map(verb -> verb.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }
}
