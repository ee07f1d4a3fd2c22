package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.spi.StoreUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Calls to one Redis. Whatever goes wrong in one is an outage.
 *
 * <p>On a client of its own, a call whose connection turns out to be lost is sent once more, on a
 * new connection: so a server that was restarted, or a firewall that forgot idle connections, costs
 * no call its answer. Every write may be sent twice: the scripts tell it from two writes. A call
 * that timed out is not sent again. What a node refused because its cluster is changing, or because
 * it is still loading, is sent again for a while, on a client that was handed in as well.
 */
final class RedisCalls implements AutoCloseable {

  // There is no telling what a client that was handed in takes for long.
  private static final Duration HANDED_IN_RETRIES_WITHIN = Duration.ofMillis(500);

  private final UnifiedJedis client;
  private final @Nullable OwnConnections connections;
  private final @Nullable RedisConnection connection;
  private final String endpoint;
  private final Retries.Client kind;
  private final Duration retryWithin;

  private RedisCalls(UnifiedJedis client) {
    this.client = client;
    this.connections = null;
    this.connection = null;
    this.endpoint = "redis";
    this.kind = Retries.Client.HANDED_IN;
    this.retryWithin = HANDED_IN_RETRIES_WITHIN;
  }

  private RedisCalls(RedisConnection.Opened own, RedisConnection connection) {
    this.client = own.client();
    this.connections = own.connections();
    this.connection = connection;
    this.endpoint = connection.endpoint();
    this.kind =
        connection.kind() == RedisConnection.Kind.SERVER
            ? Retries.Client.OF_ONE_SERVER
            : Retries.Client.OF_MANY;
    this.retryWithin = connection.socketTimeout();
  }

  static RedisCalls over(UnifiedJedis client) {
    return new RedisCalls(requireNonNull(client, "client"));
  }

  static RedisCalls connect(RedisConnection connection) {
    return new RedisCalls(connection.opened(), connection);
  }

  /** How the client was opened, if it was opened here. */
  Optional<RedisConnection> connection() {
    return Optional.ofNullable(connection);
  }

  /**
   * @throws IllegalArgumentException if the client was handed in and offers no single connection
   */
  void requireOneConnection() {
    if (connections == null && !OneConnection.isOffered(client)) {
      throw new IllegalArgumentException(
          "The client (%s) offers no connection on which a refusal could be written and its replicas be waited for. Hand in a RedisClient, RedisSentinelClient or RedisClusterClient."
              .formatted(client.getClass().getName()));
    }
  }

  /** Whether keys of different slots lie on different servers. */
  boolean isOfCluster() {
    return connection == null
        ? client instanceof RedisClusterClient
        : connection.kind() == RedisConnection.Kind.CLUSTER;
  }

  /**
   * Several requests on one connection, to the master that has a key; for within {@link #ask}.
   *
   * @param requests is given what sends a request; may be begun anew on another connection
   */
  <T> T onOneConnection(byte[] key, Function<Function<CommandArguments, Object>, T> requests) {
    if (connections != null) {
      return connections.onOne(new CommandArguments(Protocol.Command.GET).key(key), requests);
    }
    try (Connection connection = OneConnection.of(client, key)) {
      return requests.apply(connection::executeCommand);
    }
  }

  /** Where, without credentials. */
  String endpoint() {
    return endpoint;
  }

  /** What the client answers. The question may be put several times. */
  <T extends @Nullable Object> T ask(String verb, Function<UnifiedJedis, T> question) {
    long start = System.nanoTime();
    try {
      return connection == null
          ? patiently(question, start)
          : CallDeadline.within(connection.deadline(), () -> patiently(question, start));
    } catch (RuntimeException e) {
      // Not JedisException alone: what a broken stream makes a parser throw is an outage as well.
      throw unavailable(verb, since(start), e);
    }
  }

  /** Several calls that have the deadline of one, as far as the client was opened here. */
  <T> T together(Supplier<T> calls) {
    return connection == null ? calls.get() : CallDeadline.within(connection.deadline(), calls);
  }

  private <T extends @Nullable Object> T patiently(Function<UnifiedJedis, T> question, long start) {
    try {
      return question.apply(client);
    } catch (RuntimeException e) {
      return again(question, new Retries(kind, retryWithin, start), e);
    }
  }

  private <T extends @Nullable Object> T again(
      Function<UnifiedJedis, T> question, Retries retries, RuntimeException first) {
    for (RuntimeException thrown = first; ; ) {
      retries.next(thrown);
      try {
        return question.apply(client);
      } catch (RuntimeException e) {
        thrown = e;
      }
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** What a script answers; what it found too new or unreadable to touch is an outage. */
  Reply run(String verb, Script script, byte[] key, byte[]... arguments) {
    return run(verb, script, List.of(key), arguments);
  }

  /** The same of a script that names more keys of the slot; the first is what it writes to. */
  Reply run(String verb, Script script, List<byte[]> keys, byte[]... arguments) {
    Reply reply = ask(verb, client -> parse(script.run(client, keys, List.of(arguments))));
    if (reply == Reply.NEWER) {
      throw newer(verb, keys.get(0));
    }
    if (reply == Reply.UNREADABLE) {
      throw unreadable(verb, keys.get(0));
    }
    return reply;
  }

  StoreUnavailableException newer(String verb, byte[] key) {
    return new StoreUnavailableException(
        "%s on %s found a record of a newer format at %s, so it is neither used nor overwritten. Answer 503, not 401: a retry may reach a newer node. Finish the roll-out of that version, or roll it back with its records."
            .formatted(verb, endpoint, text(key)),
        null);
  }

  StoreUnavailableException unreadable(String verb, byte[] key) {
    return new StoreUnavailableException(
        "%s on %s found something that is not a floor at %s, so nobody can say what was refused there. Answer 503, not 401. Find out who writes under this prefix; deleting the key forgets the refusal."
            .formatted(verb, endpoint, text(key)),
        null);
  }

  /** Closes the client if it was opened here. */
  @Override
  public void close() {
    if (connection != null) {
      client.close();
    }
  }

  private StoreUnavailableException unavailable(
      String verb, Duration waited, RuntimeException cause) {
    if (isOrComesOf(cause, InterruptedException.class)) {
      Thread.currentThread().interrupt();
    }
    Throwable seen = SeenException.of(cause);
    if (cause instanceof JedisDataException refusal) {
      String code = SeenException.code(refusal);
      return new StoreUnavailableException(
          "%s on %s was refused with %s after %d ms, so the session is neither confirmed nor denied. Answer 503, not 401. %s"
              .formatted(verb, endpoint, code, waited.toMillis(), remedy(code)),
          seen);
    }
    return noConnection(cause)
        .map(
            why ->
                new StoreUnavailableException(
                    "%s on %s was not sent: %s So the session is neither confirmed nor denied. Answer 503, not 401."
                        .formatted(verb, endpoint, why),
                    seen))
        .orElseGet(() -> noReply(verb, waited, cause, seen));
  }

  private StoreUnavailableException noReply(
      String verb, Duration waited, RuntimeException cause, Throwable seen) {
    boolean lost =
        (cause instanceof JedisConnectionException && !isOrComesOf(cause, IOException.class))
            || isOrComesOf(cause, SocketException.class)
            || isOrComesOf(cause, EOFException.class);
    return lost
        ? new StoreUnavailableException(
            "%s on %s lost its connection after %d ms, so the session is neither confirmed nor denied. Answer 503, not 401. If the server is up, look at what closes its connections: its limits, a firewall, or TLS on one side alone."
                .formatted(verb, endpoint, waited.toMillis()),
            seen)
        : new StoreUnavailableException(verb, endpoint, waited, seen);
  }

  /** Why there is no connection to send anything on, and what to do; empty if there was one. */
  private static Optional<String> noConnection(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return Optional.of("no connection could be made. Start the server, or mend host and port.");
      }
      if (cause instanceof UnknownHostException) {
        return Optional.of("the host has no address. Mend the host or its name server.");
      }
      if (cause instanceof SSLHandshakeException) {
        return Optional.of(
            "no TLS connection could be made. Let the server talk TLS, and its certificate be trusted by this JVM and name the host.");
      }
      if (cause instanceof NobodyKnownException nobody) {
        return Optional.of(nobody.why());
      }
      if (cause instanceof IllegalStateException) {
        return Optional.of("the client is closed. Close it after the last request.");
      }
    }
    return Optional.empty();
  }

  /** What to do about an error reply that begins with this word. */
  static String remedy(String code) {
    return switch (code) {
      case "OOM" -> "The server is full and evicts nothing: raise its maxmemory.";
      case "READONLY" -> "This is a replica: point the client at the master.";
      case "LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN" ->
          "The server will be back: retry.";
      case "MOVED", "ASK", "CROSSSLOT" ->
          "It lies on another node of a cluster: connect with RedisConnection.toCluster; if that is done, the cluster is changing: retry.";
      case "MISCONF", "NOREPLICAS" ->
          "The server cannot keep what is written: look at its disk and its replicas.";
      case "NOAUTH" ->
          "The server wants a password: write it into the URI, redis://user:password@host.";
      case "WRONGPASS" -> "Mend the user and the password.";
      case "NOPERM" ->
          "Give the user the commands, and the keys under the prefix, that docs/guide/redis.md lists; a database other than 0 and a feature may need more.";
      case "WRONGTYPE" ->
          "Something else writes under the key prefix: choose another prefix, or stop it.";
      case "ERR" ->
          "If it always says so, the URI may name a database that the server does not have, or a password where none is set, or the server is not the cluster or the sentinel that it is taken for.";
      default -> "The server's own log may say more.";
    };
  }

  private static boolean isOrComesOf(
      @Nullable Throwable thrown, Class<? extends Throwable> origin) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (origin.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Reply parse(Object reply) {
    return Reply.valueOf(new String((byte[]) reply, StandardCharsets.US_ASCII));
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
