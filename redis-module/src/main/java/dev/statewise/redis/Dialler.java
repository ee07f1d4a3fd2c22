package dev.statewise.redis;

import dev.statewise.redis.RedisConnection.Kind;
import dev.statewise.redis.RedisConnection.Opened;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Makes the connections and the client that a {@link RedisConnection} describes, and asks around
 * who the masters are.
 */
final class Dialler {

  // A cluster's nodes say themselves when it changes.
  private static final Duration CLUSTER_IS_LOOKED_AT_EVERY = Duration.ofSeconds(30);
  // A master that was replaced may go on answering those who do not ask.
  private static final Duration SENTINEL_IS_ASKED_EVERY = Duration.ofSeconds(1);

  private final RedisConnection connection;

  Dialler(RedisConnection connection) {
    this.connection = connection;
  }

  /** As {@link RedisConnection#masters}. */
  List<HostAndPort> masters() {
    return switch (connection.kind()) {
      case SERVER -> List.of(RedisUri.server(connection.uri()));
      case CLUSTER -> slots().masters();
      case SENTINELS -> List.of(firstOf(connection.more(), this::masterNamedBy));
    };
  }

  /** As {@link RedisConnection#masterOf}. */
  HostAndPort masterOf(byte[] key) {
    return connection.kind() == Kind.CLUSTER
        ? slots().masterOf(JedisClusterCRC16.getSlot(key))
        : masters().get(0);
  }

  /** As {@link RedisConnection#dial}. */
  Connection dial(HostAndPort node, Duration replyWithin) {
    return factory(node, replyWithin).dial();
  }

  /** As {@link RedisConnection#opened}. */
  Opened opened() {
    if (connection.kind() == Kind.SERVER) {
      OneServer server =
          new OneServer(
              factory(RedisUri.server(connection.uri()), connection.socketTimeout()), pool());
      return client(server);
    }
    boolean cluster = connection.kind() == Kind.CLUSTER;
    Topology topology =
        cluster
            ? new ClusterTopology(
                nodes().stream().map(RedisUri::server).toList(), this::slotsToldBy)
            : new SentinelTopology(connection.more(), this::masterNamedBy);
    NodePools pools =
        new NodePools(
            node -> new ConnectionPool(factory(node, connection.socketTimeout()), pool()));
    RoutedCommands routed =
        new RoutedCommands(
            topology, pools, cluster ? CLUSTER_IS_LOOKED_AT_EVERY : SENTINEL_IS_ASKED_EVERY);
    return client(routed);
  }

  private Opened client(OwnConnections own) {
    return new Opened(
        RedisClient.builder()
            .clientConfig(clientConfig(connection.uri()))
            .commandExecutor(own)
            .connectionProvider(own)
            .build(),
        own);
  }

  private ClusterSlots slots() {
    return firstOf(nodes(), node -> slotsToldBy(RedisUri.server(node)));
  }

  private List<URI> nodes() {
    return Stream.concat(Stream.of(connection.uri()), connection.more().stream()).toList();
  }

  private ClusterSlots slotsToldBy(HostAndPort node) {
    try (Connection asked = dial(node, connection.socketTimeout())) {
      return ClusterSlots.toldBy(asked, node);
    }
  }

  private HostAndPort masterNamedBy(URI sentinel) {
    HostAndPort address = RedisUri.sentinel(sentinel);
    try (Connection asked = factory(sentinel, address, connection.socketTimeout(), false).dial()) {
      return Sentinel.masterToldBy(asked, RedisUri.masterName(connection.uri()));
    }
  }

  /** What a server says to being asked may repeat what was sent, so only its first word is kept. */
  private static <T> T firstOf(List<URI> asked, Function<URI, T> question) {
    JedisException last = new JedisConnectionException("Nobody was asked");
    for (URI one : asked) {
      try {
        return question.apply(one);
      } catch (JedisDataException e) {
        last = new JedisDataException(SeenException.code(e), SeenException.of(e));
      } catch (JedisException e) {
        last = e;
      }
    }
    throw last;
  }

  private RedactingConnectionFactory factory(HostAndPort node, Duration replyWithin) {
    // What a sentinel names may have become a replica, whose answers are stale.
    return factory(connection.uri(), node, replyWithin, connection.kind() == Kind.SENTINELS);
  }

  private RedactingConnectionFactory factory(
      URI login, HostAndPort node, Duration replyWithin, boolean mustBeMaster) {
    JedisSocketFactory sockets =
        new DeadlineSocketFactory(
            node, RedisUri.isTls(login), connection.connectTimeout(), replyWithin);
    return new RedactingConnectionFactory(sockets, clientConfig(login), mustBeMaster);
  }

  private DefaultJedisClientConfig clientConfig(URI login) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // No HELLO: one round trip less for each new connection, and nothing here needs RESP3.
            .serverDefaultProtocol()
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .socketTimeoutMillis((int) connection.socketTimeout().toMillis())
            .database(RedisUri.database(login));
    String userInfo = RedisUri.userInfo(login);
    if (userInfo != null) {
      int colon = userInfo.indexOf(':');
      config.user(colon == 0 ? null : userInfo.substring(0, colon));
      config.password(userInfo.substring(colon + 1));
    }
    return config.build();
  }

  private ConnectionPoolConfig pool() {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(connection.maxConnections());
    config.setMaxIdle(connection.maxConnections());
    config.setMaxWait(connection.poolWait());
    config.setJmxEnabled(false);
    return config;
  }
}
