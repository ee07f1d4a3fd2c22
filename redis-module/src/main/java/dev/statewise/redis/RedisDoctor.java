package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Looks at a Redis for what would make a promise of a store or list on it false, and tells what
 * mends it. Of a cluster every master is looked at.
 *
 * <p>For the start of an application and for operators; on no request's path, because it walks
 * through keys. It changes nothing on the server: it reads, and it asks for a few commands in a
 * form that does nothing.
 *
 * <p>What could not be seen is a finding of its own, so that silence means that all was seen. An
 * examination is of one moment: settings can be changed while a server runs.
 *
 * <p>It ends within {@link Scope#within} and what one request may take more: by the deadlines of a
 * {@link RedisConnection}, or of a client that is handed in.
 */
public final class RedisDoctor {

  private RedisDoctor() {}

  /**
   * What to look at, and for how long.
   *
   * @param keyPrefix as given to {@link RedisSessionStore#withKeyPrefix}
   * @param clock of this node
   * @param clockSkew by how much the clocks of two nodes may differ, as in the {@code
   *     SessionPolicy}; zero to 10 minutes
   * @param within how long all of it may take; 10 ms to 1 hour
   * @param mostKeys how many keys of each server to walk through, of any prefix; 0 to a billion
   */
  public record Scope(
      String keyPrefix, InstantSource clock, Duration clockSkew, Duration within, int mostKeys) {

    private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_KEYS = 1_000_000_000;

    /**
     * @throws IllegalArgumentException if a value is outside its bounds
     */
    public Scope {
      keyPrefix = new KeySpace(requireNonNull(keyPrefix, "keyPrefix")).prefix();
      requireNonNull(clock, "clock");
      if (requireNonNull(clockSkew, "clockSkew").isNegative()
          || clockSkew.compareTo(LARGEST_SKEW) > 0) {
        throw new IllegalArgumentException(
            "clockSkew (%s) is not from zero to 10 minutes. Say what the SessionPolicy says; its default is 30 seconds."
                .formatted(clockSkew));
      }
      if (requireNonNull(within, "within").compareTo(SHORTEST) < 0
          || within.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "within (%s) is not from 10 ms to 1 hour. The default is 15 seconds."
                .formatted(within));
      }
      if (mostKeys < 0 || mostKeys > MOST_KEYS) {
        throw new IllegalArgumentException(
            "mostKeys (%d) is not from 0 to a billion. The default is 100,000; 0 looks at none."
                .formatted(mostKeys));
      }
    }

    /** Prefix {@code sw:}, the system's clock, 30 s of skew, 15 s, 100,000 keys. */
    public static Scope standard() {
      return new Scope(
          KeySpace.DEFAULT.prefix(),
          InstantSource.system(),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          100_000);
    }

    /** See {@link #keyPrefix}. */
    public Scope withKeyPrefix(String keyPrefix) {
      return new Scope(keyPrefix, clock, clockSkew, within, mostKeys);
    }

    /** See {@link #clock}. */
    public Scope withClock(InstantSource clock) {
      return new Scope(keyPrefix, clock, clockSkew, within, mostKeys);
    }

    /** See {@link #clockSkew}. */
    public Scope withClockSkew(Duration clockSkew) {
      return new Scope(keyPrefix, clock, clockSkew, within, mostKeys);
    }

    /** See {@link #within}. */
    public Scope within(Duration within) {
      return new Scope(keyPrefix, clock, clockSkew, within, mostKeys);
    }

    /** See {@link #mostKeys}. */
    public Scope withMostKeys(int mostKeys) {
      return new Scope(keyPrefix, clock, clockSkew, within, mostKeys);
    }
  }

  /** In the {@link Scope#standard} scope; else as {@link #examine(UnifiedJedis, Scope)}. */
  public static Examination examine(UnifiedJedis client) {
    return examine(client, Scope.standard());
  }

  /**
   * On a client that the caller owns and configured with deadlines. It takes one connection at a
   * time, and gives it back as it was.
   *
   * @throws StoreUnavailableException if no server answers, or none lets this client in
   */
  public static Examination examine(UnifiedJedis client, Scope scope) {
    requireNonNull(scope, "scope");
    boolean cluster = requireNonNull(client, "client") instanceof RedisClusterClient;
    return examine("redis", () -> Node.behind(client), cluster, scope);
  }

  /** In the {@link Scope#standard} scope; else as {@link #examine(RedisConnection, Scope)}. */
  public static Examination examine(RedisConnection connection) {
    return examine(connection, Scope.standard());
  }

  /**
   * On connections of its own: one to each master, closed at the end.
   *
   * @throws StoreUnavailableException if no server answers, or none lets this client in
   */
  public static Examination examine(RedisConnection connection, Scope scope) {
    requireNonNull(scope, "scope");
    boolean cluster =
        requireNonNull(connection, "connection").kind() == RedisConnection.Kind.CLUSTER;
    return examine(connection.endpoint(), () -> Node.mastersAt(connection), cluster, scope);
  }

  private interface Servers {
    List<Node> find();
  }

  private static Examination examine(
      String endpoint, Servers servers, boolean cluster, Scope scope) {
    Visit visit = new Visit(scope, cluster, System::nanoTime);
    try {
      visit.to(servers.find());
    } catch (RuntimeException e) {
      throw unavailable(endpoint, e);
    }
    return visit.examination();
  }

  private static StoreUnavailableException unavailable(String endpoint, RuntimeException e) {
    String why =
        "no connection could be made, or no reply came. Start the server, or mend host and port; look whether both sides talk TLS, and whether this JVM trusts the certificate.";
    if (e instanceof JedisDataException refusal) {
      why =
          "it answered %s. %s"
              .formatted(
                  SeenException.code(refusal), RedisCalls.remedy(SeenException.code(refusal)));
    } else if (!(e instanceof JedisConnectionException)) {
      why =
          "no connection could be taken, or nobody named the master. Look at the client, or at the sentinels.";
    }
    return new StoreUnavailableException(
        "EXAMINE on %s saw nothing: %s No promise is confirmed.".formatted(endpoint, why),
        SeenException.of(e));
  }
}
