package dev.statewise.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real server for all tests of this JVM that leave it as it is. It ends with the JVM; unless it
 * was there before and is named by the system property {@code statewise.redis}, which the contract
 * tests then use. Other tests know what server they talk to, and have one started.
 */
final class SharedRedis {

  private static final String THERE = System.getProperty("statewise.redis", "");
  private static final int DEFAULT_PORT = 6379;

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private SharedRedis() {}

  static RedisServer server() {
    requireAServer();
    return Holder.SERVER;
  }

  /** For tests that pause, kill or fill their server. */
  static RedisServer ownServer(String... arguments) {
    requireAServer();
    return RedisServer.start(arguments);
  }

  static URI uri() {
    return THERE.isBlank() ? server().uri() : URI.create(THERE);
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

  static RedisConnection patient() {
    return patient(uri());
  }

  /** Before the server of {@link #uri()}. */
  static TcpProxy proxy() {
    URI server = uri();
    return TcpProxy.to(server.getHost(), server.getPort() == -1 ? DEFAULT_PORT : server.getPort());
  }

  /** Through a proxy before the server of {@link #uri()}, logged in as there. */
  static RedisConnection patient(TcpProxy proxy) {
    URI server = uri();
    String login = server.getRawUserInfo() == null ? "" : server.getRawUserInfo() + "@";
    String address = proxy.host() + ":" + proxy.port();
    return patient(URI.create(server.getScheme() + "://" + login + address + server.getRawPath()));
  }

  /** A prefix that no other test uses. */
  static String newPrefix() {
    return "test-" + PREFIXES.incrementAndGet() + ":";
  }

  static void requireAServer() {
    String why = RedisServer.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
  }

  private static final class Holder {
    static final RedisServer SERVER = RedisServer.start();
  }
}
