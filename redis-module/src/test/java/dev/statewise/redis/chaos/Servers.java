package dev.statewise.redis.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.session.SessionKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Servers to do things to, and how their clients wait. */
final class Servers {

  private Servers() {}

  static RedisServer start(String... arguments) {
    requireOne();
    return RedisServer.start(arguments);
  }

  static RedisCluster cluster() {
    requireOne();
    return RedisCluster.start();
  }

  static RedisCluster clusterBehindProxies() {
    requireOne();
    return RedisCluster.startBehindProxies();
  }

  private static void requireOne() {
    String why = RedisServer.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
  }

  /**
   * A list that asks. What is there before its first use is good: an experiment draws sessions
   * before it refuses them, and they must not be refused for their age.
   */
  static RedisRevocationList list(RedisConnection connection) {
    return RedisRevocationList.connect(connection).adoptingSessionsSince(Instant.EPOCH);
  }

  /** The same, following. */
  static RedisRevocationList following(RedisConnection connection, Duration staleness) {
    return RedisRevocationList.replicated(connection, staleness)
        .adoptingSessionsSince(Instant.EPOCH);
  }

  static TcpProxy proxy(RedisServer server) {
    return TcpProxy.to(server.host(), server.port());
  }

  /** A client for the experiment itself, with patience. The caller closes it. */
  static RedisClient admin(RedisServer server) {
    return RedisClient.builder()
        .hostAndPort(server.host(), server.port())
        .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(20_000).build())
        .build();
  }

  static RedisSentinels sentinels(Duration downAfter) {
    requireOne();
    return RedisSentinels.start(downAfter);
  }

  static RedisConnection connection(RedisSentinels sentinels) {
    List<URI> uris = sentinels.sentinelUris();
    return RedisConnection.toSentinels(
        sentinels.uri(), uris.get(0), uris.subList(1, uris.size()).toArray(URI[]::new));
  }

  static RedisConnection connection(RedisCluster cluster) {
    List<URI> uris = cluster.uris();
    return RedisConnection.toCluster(uris.get(0), uris.subList(1, uris.size()).toArray(URI[]::new));
  }

  /** Jedis' own client of a cluster, which sends again by itself. The caller closes it. */
  static RedisClusterClient jedis(RedisCluster cluster) {
    return RedisClusterClient.builder()
        .nodes(
            cluster.uris().stream()
                .map(uri -> new HostAndPort(uri.getHost(), uri.getPort()))
                .collect(Collectors.toSet()))
        .clientConfig(DefaultJedisClientConfig.builder().resp2().timeoutMillis(20_000).build())
        .maxAttempts(5)
        .maxTotalRetriesDuration(Duration.ofSeconds(20))
        .build();
  }

  /** Which of the three masters has that session, as long as no slot was moved. */
  static int masterOf(SessionKey key) {
    return JedisClusterCRC16.getSlot("{" + key.slot() + "}") * 3 / (1 << 14);
  }

  static URI uri(TcpProxy proxy) {
    return URI.create("redis://" + proxy.host() + ":" + proxy.port());
  }

  /** With deadlines that a busy machine does not miss. */
  static RedisConnection patient(URI uri) {
    return patient(RedisConnection.to(uri));
  }

  static RedisConnection patient(RedisConnection connection) {
    Duration enough = Duration.ofSeconds(20);
    return connection.withConnectTimeout(enough).withSocketTimeout(enough).withPoolWait(enough);
  }

  /** With deadlines that an experiment waits for many times. */
  static RedisConnection hasty(URI uri) {
    return RedisConnection.to(uri)
        .withConnectTimeout(Duration.ofMillis(200))
        .withSocketTimeout(Duration.ofMillis(200))
        .withPoolWait(Duration.ofMillis(100));
  }
}
