package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.providers.PooledConnectionProvider;

/**
 * Where a Redis server is, and how long to wait for it. Begin with {@link #to}.
 *
 * <p>Everything that can be waited for has a deadline. The longest that one call can take is {@link
 * #deadline}; it takes so long only if a connection is lost, another must be made and logged in,
 * and every step of that comes at the last moment. Over TLS the handshake comes on top, and so does
 * what the system's resolver takes for the name of the host.
 *
 * @param uri {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS,
 *     where the certificate must be trusted by this JVM and name the host
 * @param connectTimeout how long a connection may take to be made, to whichever address of the
 *     host; 1 ms to 60 s
 * @param socketTimeout how long it may take from the first byte of a request to the last of its
 *     reply, however they come; 1 ms to 60 s. Large sessions on a slow network want more
 * @param poolWait how long to wait for a connection that others hold; 1 ms to 60 s
 * @param maxConnections how many connections are open at most; 1 to 10,000
 */
public record RedisConnection(
    URI uri,
    Duration connectTimeout,
    Duration socketTimeout,
    Duration poolWait,
    int maxConnections) {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int DEFAULT_PORT = 6379;

  // One whose connection was lost, logging in, choosing the database, the script by its hash and by
  // its text.
  private static final int REPLIES_AT_MOST = 5;

  /**
   * @throws IllegalArgumentException naming the value that cannot be, what it means and what to do;
   *     never the password
   */
  public RedisConnection {
    requireNonNull(uri, "uri");
    requireRedis(uri);
    requireDeadline("connectTimeout", connectTimeout);
    requireDeadline("socketTimeout", socketTimeout);
    requireDeadline("poolWait", poolWait);
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "maxConnections (%d) is not from 1 to %d. Say how many calls may be under way at once; the default is 32."
              .formatted(maxConnections, MOST_CONNECTIONS));
    }
  }

  /** Connect within 1 s, reply within 500 ms, pool wait 250 ms, at most 32 connections. */
  public static RedisConnection to(URI uri) {
    return new RedisConnection(
        uri, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(250), 32);
  }

  /** See {@link #connectTimeout}. */
  public RedisConnection withConnectTimeout(Duration connectTimeout) {
    return new RedisConnection(uri, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** See {@link #socketTimeout}. */
  public RedisConnection withSocketTimeout(Duration socketTimeout) {
    return new RedisConnection(uri, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** See {@link #poolWait}. */
  public RedisConnection withPoolWait(Duration poolWait) {
    return new RedisConnection(uri, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** See {@link #maxConnections}. */
  public RedisConnection withMaxConnections(int maxConnections) {
    return new RedisConnection(uri, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** The longest that one call can take: the pool wait, the connect timeout and five replies. */
  public Duration deadline() {
    return poolWait.plus(connectTimeout).plus(socketTimeout.multipliedBy(REPLIES_AT_MOST));
  }

  /** Where, without credentials: {@code redis at 10.0.0.7:6379}. */
  String endpoint() {
    return "redis at " + uri.getHost() + ":" + port();
  }

  /** A new client, which whoever calls this closes. One connection is tried at once. */
  RedisClient open() {
    DefaultJedisClientConfig config = clientConfig();
    HostAndPort server = new HostAndPort(uri.getHost(), port());
    boolean tls = uri.getScheme().equals("rediss");
    JedisSocketFactory sockets =
        new DeadlineSocketFactory(server, tls, connectTimeout, socketTimeout);
    return RedisClient.builder()
        .hostAndPort(server)
        .clientConfig(config)
        .connectionProvider(
            new PooledConnectionProvider(
                new RedactingConnectionFactory(sockets, config), poolConfig()))
        .build();
  }

  /** Where and how long; the credentials are redacted. */
  @Override
  public String toString() {
    return "RedisConnection[%s%s, connect %s, socket %s, pool wait %s, at most %d connections]"
        .formatted(
            endpoint(),
            uri.getUserInfo() == null ? "" : " with credentials",
            connectTimeout,
            socketTimeout,
            poolWait,
            maxConnections);
  }

  private int port() {
    return uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
  }

  private DefaultJedisClientConfig clientConfig() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // No HELLO: one round trip less for each new connection, and nothing here needs RESP3.
            .serverDefaultProtocol()
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .socketTimeoutMillis((int) socketTimeout.toMillis())
            .database(database(uri));
    String userInfo = uri.getUserInfo();
    if (userInfo != null) {
      int colon = userInfo.indexOf(':');
      config.user(colon == 0 ? null : userInfo.substring(0, colon));
      config.password(userInfo.substring(colon + 1));
    }
    return config.build();
  }

  private ConnectionPoolConfig poolConfig() {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(maxConnections);
    config.setMaxIdle(maxConnections);
    config.setMaxWait(poolWait);
    config.setJmxEnabled(false);
    return config;
  }

  private static void requireRedis(URI uri) {
    // Nothing of the URI is quoted: what is not read as a password may be a piece of one.
    String scheme = uri.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw new IllegalArgumentException(
          "The scheme of the URI is not redis or rediss, so it names no Redis server. Write redis://host:port.");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "The URI has no host that can be read, so there is nothing to connect to. Write redis://host:port, and %-encode what is special in the password.");
    }
    if (uri.getUserInfo() != null && uri.getUserInfo().indexOf(':') < 0) {
      throw new IllegalArgumentException(
          "The URI names a user without a password, and neither is of use alone. Write redis://user:password@host or redis://:password@host.");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "The URI has a query or fragment, which mean nothing here. Write redis://host:port, use the methods of RedisConnection, and %-encode what is special in the password.");
    }
    if (!uri.getPath().matches("/?|/\\d{1,5}")) {
      throw new IllegalArgumentException(
          "The path of the URI is not the number of a database. Write redis://host:port/0, and %-encode what is special in the password.");
    }
  }

  private static int database(URI uri) {
    return uri.getPath().length() < 2 ? 0 : Integer.parseInt(uri.getPath().substring(1));
  }

  private static void requireDeadline(String name, Duration value) {
    requireNonNull(value, name);
    if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s (%s) is not from 1 ms to 60 s, and a request cannot wait for ever. Choose what the caller of the request can bear."
              .formatted(name, value));
    }
  }
}
