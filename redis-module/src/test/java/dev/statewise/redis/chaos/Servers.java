package dev.statewise.redis.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Servers to do things to, and how their clients wait. */
final class Servers {

  private Servers() {}

  static RedisServer start(String... arguments) {
    String why = RedisServer.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
    return RedisServer.start(arguments);
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
