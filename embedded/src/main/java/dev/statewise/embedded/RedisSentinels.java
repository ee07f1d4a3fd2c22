package dev.statewise.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real master, its replica, and three sentinels that make the replica the master when the master
 * is gone. Each is a {@link RedisServer} with all its guarantees.
 *
 * <p>Safe for use by several threads.
 */
public final class RedisSentinels implements AutoCloseable {
  private static final String NAME = "statewise";
  private static final Duration AGREE_WITHIN = Duration.ofSeconds(60);
  private static final int SENTINELS = 3;

  private final List<RedisServer> servers = new ArrayList<>();
  private final List<RedisServer> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  /**
   * Starts them and waits until the replica follows the master and the sentinels know each other. A
   * master that gives no answer for 500 ms is taken to be down; on a machine that stalls use {@link
   * #start(Duration, String...)} with more.
   *
   * @param arguments more of redis-server's own for both servers
   */
  public static RedisSentinels start(String... arguments) {
    return start(Duration.ofMillis(500), arguments);
  }

  /**
   * As {@link #start(String...)}.
   *
   * @param downAfter how long a server gives no answer before a sentinel takes it to be down; 1 ms
   *     or more
   */
  public static RedisSentinels start(Duration downAfter, String... arguments) {
    RedisSentinels started = new RedisSentinels();
    try {
      RedisServer master = RedisServer.start(arguments);
      started.servers.add(master);
      started.servers.add(master.startReplica(arguments));
      for (int i = 0; i < SENTINELS; i++) {
        started.sentinels.add(RedisServer.startSentinel(configuration(master, downAfter)));
      }
      Waiting.until(AGREE_WITHIN, "the sentinels to know each other", started::isComplete);
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  /** One line on why none can be started here; empty if it can. */
  public static Optional<String> whyUnavailable() {
    return RedisServer.whyUnavailable();
  }

  /** What the sentinels call the master. */
  public String name() {
    return NAME;
  }

  /** Both servers: first the one that was the master at the start. */
  public List<RedisServer> servers() {
    return List.copyOf(servers);
  }

  /** The three sentinels. They can be killed and restarted like any server. */
  public List<RedisServer> sentinels() {
    return List.copyOf(sentinels);
  }

  /** For example {@code redis://statewise}: how a client names the master. */
  public URI uri() {
    return URI.create("redis://" + NAME);
  }

  /** Where the sentinels are. */
  public List<URI> sentinelUris() {
    return sentinels.stream().map(RedisServer::uri).toList();
  }

  /**
   * The server that the sentinels name as the master now, which may be down.
   *
   * @throws IllegalStateException if they do not agree within a minute
   */
  public RedisServer master() {
    return Waiting.forSome(AGREE_WITHIN, "the sentinels to name one master", this::named);
  }

  /** Kills the master (SIGKILL) and returns it; no failover has begun then. */
  public RedisServer killMaster() {
    RedisServer master = master();
    master.kill();
    return master;
  }

  /**
   * Waits until all sentinels name another master than this one, and it is one.
   *
   * @return the new master
   * @throws IllegalStateException if that takes longer than a minute
   */
  public RedisServer awaitFailoverFrom(RedisServer former) {
    return Waiting.forSome(
        AGREE_WITHIN,
        "a failover from the master on port " + former.port(),
        () -> named().filter(server -> server != former && isMaster(server)));
  }

  /** Stops all five. Closing again does nothing. */
  @Override
  public void close() {
    Closing.all(Stream.concat(sentinels.stream(), servers.stream()).toList());
  }

  private static List<String> configuration(RedisServer master, Duration downAfter) {
    int majority = SENTINELS / 2 + 1;
    return List.of(
        "sentinel monitor %s 127.0.0.1 %d %d".formatted(NAME, master.port(), majority),
        "sentinel down-after-milliseconds %s %d".formatted(NAME, downAfter.toMillis()),
        // Also how long after a vote that nobody won the next is held, twice over.
        "sentinel failover-timeout %s 2000".formatted(NAME),
        master.password().isEmpty()
            ? ""
            : "sentinel auth-pass %s \"%s\"".formatted(NAME, master.password()));
  }

  private boolean isComplete() {
    return sentinels.stream()
        .allMatch(
            sentinel -> {
              List<?> told = (List<?>) Resp.ask(sentinel, "SENTINEL", "MASTER", NAME);
              return fact(told, "num-slaves").equals("1")
                  && fact(told, "num-other-sentinels").equals(Integer.toString(SENTINELS - 1))
                  && fact(told, "flags").equals("master");
            });
  }

  /** The server whose port every sentinel that runs names; empty while they differ. */
  private Optional<RedisServer> named() {
    List<String> ports =
        sentinels.stream()
            .filter(RedisServer::isRunning)
            .map(
                sentinel ->
                    (List<?>) Resp.ask(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME))
            .map(address -> (String) address.get(1))
            .distinct()
            .toList();
    return servers.stream()
        .filter(server -> ports.equals(List.of(Integer.toString(server.port()))))
        .findFirst();
  }

  private static boolean isMaster(RedisServer server) {
    return server.isRunning()
        && Resp.text(server, "INFO", "replication").contains("role:master\r\n");
  }

  private static String fact(List<?> told, String name) {
    int at = told.indexOf(name);
    return at < 0 ? "" : (String) told.get(at + 1);
  }
}
