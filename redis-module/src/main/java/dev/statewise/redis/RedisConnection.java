package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Where Redis is, and how long to wait for it. Begin with {@link #to}, {@link #toCluster} or {@link
 * #toSentinels}.
 *
 * <p>Everything that can be waited for has a deadline. The longest that one call can take is {@link
 * #deadline}; it takes so long only if a connection is lost, another must be made and logged in,
 * and every step of that comes at the last moment. What the system's resolver takes for the name of
 * the host comes on top.
 *
 * @param kind what stands at the addresses
 * @param uri of a server, or of the first node of a cluster: {@code
 *     redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS, where the
 *     certificate must be trusted by this JVM and name the host; of sentinels, as {@link
 *     #toSentinels} says
 * @param more more nodes of a cluster to ask who is in it; or the sentinels; else none
 * @param connectTimeout how long a connection may take to be made, to whichever address of the
 *     host; 1 ms to 60 s
 * @param socketTimeout how long it may take from the first byte of a request to the last of its
 *     reply, however they come; 1 ms to 60 s. Large sessions on a slow network want more
 * @param poolWait how long to wait for a connection that others hold; 1 ms to 60 s
 * @param maxConnections how many connections are open at most, to each node of a cluster; 1 to
 *     10,000
 */
public record RedisConnection(
    Kind kind,
    URI uri,
    List<URI> more,
    Duration connectTimeout,
    Duration socketTimeout,
    Duration poolWait,
    int maxConnections) {

  /** What stands at the addresses of a {@link RedisConnection}. */
  public enum Kind {
    /** One server. */
    SERVER,
    /** Nodes of a Redis Cluster. */
    CLUSTER,
    /** Sentinels that know which server is the master. */
    SENTINELS
  }

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_CONNECTIONS = 10_000;

  // One whose connection was lost, logging in, choosing the database, the script by its hash and by
  // its text.
  private static final int REPLIES_AT_MOST = 5;

  /**
   * @throws IllegalArgumentException naming the value that cannot be, what it means and what to do;
   *     never the password
   */
  public RedisConnection {
    requireNonNull(kind, "kind");
    requireNonNull(uri, "uri");
    more = List.copyOf(requireNonNull(more, "more"));
    requireAddresses(kind, uri, more);
    requireDeadline("connectTimeout", connectTimeout);
    requireDeadline("socketTimeout", socketTimeout);
    requireDeadline("poolWait", poolWait);
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "maxConnections (%d) is not from 1 to %d. Say how many calls may be under way at once; the default is 32."
              .formatted(maxConnections, MOST_CONNECTIONS));
    }
  }

  /**
   * To one server. Connect within 1 s, reply within 500 ms, pool wait 250 ms, at most 32
   * connections.
   */
  public static RedisConnection to(URI uri) {
    return of(Kind.SERVER, uri, List.of());
  }

  /**
   * To a Redis Cluster, with the deadlines of {@link #to}. Which nodes are in it is asked of those
   * named here, and again when it changes; sessions are read from and written to masters only.
   *
   * @param seed one node. Its credentials and whether to use TLS hold for every node
   * @param more other nodes to ask if it is not there; a URI of them repeats the credentials of the
   *     first or has none
   */
  public static RedisConnection toCluster(URI seed, URI... more) {
    return of(Kind.CLUSTER, seed, List.of(more));
  }

  /**
   * To the master that sentinels name, with the deadlines of {@link #to}; after a failover to the
   * next one. Whatever they name must call itself a master, so that no stale replica is asked.
   *
   * @param master {@code redis://[[user]:password@]name[/database]}, or {@code rediss}: the
   *     master's name in the configuration of the sentinels, and how to log in to it
   * @param sentinel one sentinel; its URI has its own credentials, and its own TLS, if it wants
   *     any. Its default port is 26379
   * @param more the others
   */
  public static RedisConnection toSentinels(URI master, URI sentinel, URI... more) {
    List<URI> sentinels = new ArrayList<>(List.of(requireNonNull(sentinel, "sentinel")));
    sentinels.addAll(List.of(more));
    return of(Kind.SENTINELS, master, sentinels);
  }

  /** See {@link #connectTimeout}. */
  public RedisConnection withConnectTimeout(Duration connectTimeout) {
    return new RedisConnection(
        kind, uri, more, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** See {@link #socketTimeout}. */
  public RedisConnection withSocketTimeout(Duration socketTimeout) {
    return new RedisConnection(
        kind, uri, more, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** See {@link #poolWait}. */
  public RedisConnection withPoolWait(Duration poolWait) {
    return new RedisConnection(
        kind, uri, more, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /** See {@link #maxConnections}. */
  public RedisConnection withMaxConnections(int maxConnections) {
    return new RedisConnection(
        kind, uri, more, connectTimeout, socketTimeout, poolWait, maxConnections);
  }

  /**
   * The longest that one call can take: the pool wait, the connect timeout and five replies. It is
   * the same for one server, a cluster and sentinels: whatever a call does (following a slot to
   * another node, sending again, a TLS handshake) has only what is left of it.
   *
   * <p>A call that ends without an answer mostly ends sooner. A reply that does not come ends it
   * after the socket timeout. What is worth another attempt (a connection was lost, a slot is being
   * moved, a node is loading, a master is being replaced) gets one only within the socket timeout
   * of the call's beginning.
   */
  public Duration deadline() {
    return poolWait.plus(connectTimeout).plus(socketTimeout.multipliedBy(REPLIES_AT_MOST));
  }

  /** Where, without credentials: {@code redis at 10.0.0.7:6379}. */
  String endpoint() {
    return switch (kind) {
      case SERVER -> "redis at " + RedisUri.server(uri);
      case CLUSTER -> "redis cluster at " + RedisUri.server(uri);
      case SENTINELS -> "redis master " + RedisUri.masterName(uri);
    };
  }

  /**
   * The masters that there are now: of a cluster those that serve slots, of sentinels the one that
   * they name, else the server. Asked each time, on connections of its own.
   *
   * @throws JedisException if nobody could be asked. Its words may be told
   */
  List<HostAndPort> masters() {
    return new Dialler(this).masters();
  }

  /**
   * The master that has a key now.
   *
   * @throws JedisException as {@link #masters}
   */
  HostAndPort masterOf(byte[] key) {
    return new Dialler(this).masterOf(key);
  }

  /**
   * A connection outside every pool, logged in, which whoever calls this closes. It speaks RESP2.
   *
   * @param replyWithin how long it may take from the first byte of a request to the last of its
   *     reply; after that the connection is broken
   * @throws JedisException if it cannot be made or logged in. Its words may be told
   */
  Connection dial(HostAndPort node, Duration replyWithin) {
    return new Dialler(this).dial(node, replyWithin);
  }

  /** A client, and where its connections come from; closing the client closes these. */
  record Opened(RedisClient client, OwnConnections connections) {}

  /** A new client, which whoever calls this closes. One connection is tried at once. */
  RedisClient open() {
    return opened().client();
  }

  /** As {@link #open}. */
  Opened opened() {
    return new Dialler(this).opened();
  }

  /** Where and how long; the credentials are redacted. */
  @Override
  public String toString() {
    return "RedisConnection[%s%s, connect %s, socket %s, pool wait %s, at most %d connections]"
        .formatted(
            endpoint(),
            RedisUri.userInfo(uri) == null ? "" : " with credentials",
            connectTimeout,
            socketTimeout,
            poolWait,
            maxConnections);
  }

  private static RedisConnection of(Kind kind, URI uri, List<URI> more) {
    return new RedisConnection(
        kind, uri, more, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(250), 32);
  }

  private static void requireAddresses(Kind kind, URI uri, List<URI> more) {
    switch (kind) {
      case SERVER -> {
        RedisUri.requireServer(uri);
        if (!more.isEmpty()) {
          throw new IllegalArgumentException(
              "There are more URIs (%d) than the one of a server. Use toCluster or toSentinels."
                  .formatted(more.size()));
        }
      }
      case CLUSTER -> {
        RedisUri.requireNode(uri);
        more.forEach(node -> RedisUri.requireAlike(RedisUri.requireNode(node), uri));
      }
      case SENTINELS -> {
        RedisUri.requireMaster(uri);
        if (more.isEmpty()) {
          throw new IllegalArgumentException(
              "No sentinel is named, so nobody can say who the master is. Name one at least.");
        }
        more.forEach(RedisUri::requireNode);
      }
    }
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
