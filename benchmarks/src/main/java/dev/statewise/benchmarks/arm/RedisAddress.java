package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.PeerServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A Redis server and, possibly, a detour on the way to it.
 *
 * @param uri the server, as the caller named it
 * @param via where connections are made to: the server itself, or a proxy before it
 */
public record RedisAddress(URI uri, HostAndPort via) {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int SCAN_BATCH = 1_000;

  /**
   * The server at {@code uri}, directly.
   *
   * @throws IllegalArgumentException if it is no {@code redis://host:port} or {@code rediss://}
   */
  public static RedisAddress of(URI uri) {
    if (!JedisURIHelper.isValid(uri)) {
      throw new IllegalArgumentException(
          "--redis (%s) is not redis://host:port, so there is no server to ask. Give for example redis://127.0.0.1:6379."
              .formatted(shown(uri)));
    }
    return new RedisAddress(uri, JedisURIHelper.getHostAndPort(uri));
  }

  /** The same server through a proxy. */
  public RedisAddress through(String host, int port) {
    return new RedisAddress(uri, new HostAndPort(host, port));
  }

  /** Whether what is on the wire can be read. */
  public boolean isPlain() {
    return !JedisURIHelper.isRedisSSLScheme(uri);
  }

  /** A client with a pool of one connection: one request at a time, as one thread makes them. */
  public RedisClient client() {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(1);
    pool.setJmxEnabled(false);
    pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    return RedisClient.builder().hostAndPort(via).clientConfig(config()).poolConfig(pool).build();
  }

  /** The server's URI, as if it were where connections are made to. */
  public URI uriVia() {
    try {
      return new URI(
          uri.getScheme(),
          uri.getUserInfo(),
          via.getHost(),
          via.getPort(),
          uri.getPath(),
          uri.getQuery(),
          uri.getFragment());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("A URI with another host is one too.", e);
    }
  }

  /** The same place in the words of peers. */
  PeerServer forPeer() {
    return new PeerServer(
        via.getHost(),
        via.getPort(),
        JedisURIHelper.getUser(uri),
        JedisURIHelper.getPassword(uri),
        JedisURIHelper.getDBIndex(uri));
  }

  /** A connection straight to the server, for questions about the server. */
  public Jedis admin() {
    return new Jedis(JedisURIHelper.getHostAndPort(uri), config());
  }

  /** Deletes every key that begins with {@code prefix}, and no other. */
  public void deleteKeys(String prefix) {
    try (Jedis jedis = admin()) {
      ScanParams params = new ScanParams().match(prefix + "*").count(SCAN_BATCH);
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        ScanResult<String> found = jedis.scan(cursor, params);
        if (!found.getResult().isEmpty()) {
          jedis.del(found.getResult().toArray(String[]::new));
        }
        cursor = found.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
  }

  /** Host and port; never the password. */
  @Override
  public String toString() {
    return shown(uri);
  }

  private static String shown(URI uri) {
    return uri.getHost() == null
        ? "no host"
        : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Whether it is on this machine's loopback; a name that does not resolve is not. */
  public boolean isLoopback() {
    try {
      return Arrays.stream(InetAddress.getAllByName(host()))
          .allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The server's host, as the caller named it. */
  public String host() {
    return JedisURIHelper.getHostAndPort(uri).getHost();
  }

  private JedisClientConfig config() {
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(TIMEOUT_MILLIS)
        .user(JedisURIHelper.getUser(uri))
        .password(JedisURIHelper.getPassword(uri))
        .database(JedisURIHelper.getDBIndex(uri))
        .sslOptions(isPlain() ? null : SslOptions.defaults())
        .build();
  }
}
