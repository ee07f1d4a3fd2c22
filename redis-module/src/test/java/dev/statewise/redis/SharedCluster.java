package dev.statewise.redis;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.session.Session;
import dev.statewise.tck.LostReplies;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * One real cluster for all tests of this JVM that leave it as it is, every node of it behind a
 * proxy. It ends with the JVM.
 */
final class SharedCluster {

  private static final int MASTERS = 3;
  private static final int SLOTS = 1 << 14;

  private SharedCluster() {}

  static RedisCluster cluster() {
    SharedRedis.requireAServer();
    return Holder.CLUSTER;
  }

  /** With deadlines that a busy machine does not miss. */
  static RedisConnection patient() {
    return patient(cluster());
  }

  static RedisConnection patient(RedisCluster cluster) {
    return SharedRedis.patient(connection(cluster));
  }

  static RedisConnection connection(RedisCluster cluster) {
    List<URI> uris = cluster.uris();
    return RedisConnection.toCluster(uris.get(0), uris.subList(1, uris.size()).toArray(URI[]::new));
  }

  /** As a caller would open one. */
  static RedisClusterClient jedis() {
    return RedisClusterClient.builder()
        .nodes(
            cluster().uris().stream()
                .map(uri -> new HostAndPort(uri.getHost(), uri.getPort()))
                .collect(Collectors.toSet()))
        .clientConfig(DefaultJedisClientConfig.builder().resp2().timeoutMillis(20_000).build())
        .maxAttempts(5)
        .maxTotalRetriesDuration(Duration.ofSeconds(20))
        .build();
  }

  /** Has a task done once with a session on each master. */
  static void onEachMaster(Consumer<Session> task) {
    Set<Integer> done = new HashSet<>();
    for (int i = 0; done.size() < MASTERS; i++) {
      Session session = Samples.createdAt("warm-" + i, Samples.NOW);
      if (done.add(masterOf(session))) {
        task.accept(session);
      }
    }
  }

  /** The place of its master among the cluster's. */
  static int masterOf(Session session) {
    int slot = JedisClusterCRC16.getSlot(KeySpace.DEFAULT.session(session.key()));
    return slot * MASTERS / SLOTS;
  }

  /** A handle of which any node's reply can be lost. */
  static <T extends AutoCloseable> LostReplies<T> losing(
      Class<T> type, T handle, AutoCloseable client) {
    return new ArmedHandle<>(
        ArmedHandle.disarming(type, handle, cluster().proxies()), cluster().proxies(), client);
  }

  private static final class Holder {
    static final RedisCluster CLUSTER = RedisCluster.startBehindProxies();
  }
}
