package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.ObjectAddress;
import dev.statewise.benchmarks.arm.PostgresAddress;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.S3Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The servers of a run: its Redis, and those that are started because an arm asks them. One that
 * does not start is missing, with the reason, and the run goes on without it.
 */
final class ServersForRun implements AutoCloseable {

  private static final String BUCKET = "sessions";

  private final RedisForRun redis;
  private final List<AutoCloseable> started = new CopyOnWriteArrayList<>();
  private final Map<Server, String> missing = new ConcurrentHashMap<>();
  private final Map<String, Fact> versions;
  private final Servers servers;

  private ServersForRun(RedisForRun redis, List<Arm> arms) {
    this.redis = redis;
    // To unpack and start a database takes seconds, in which the other can start too.
    CompletableFuture<Optional<PostgresServer>> starting =
        CompletableFuture.supplyAsync(() -> start(Server.POSTGRES, arms, PostgresServer::start));
    Optional<S3Server> objects = start(Server.S3, arms, S3Server::start);
    Optional<PostgresServer> postgres = starting.join();
    this.servers =
        new Servers(
            redis.address(),
            postgres.map(one -> new PostgresAddress(one.host(), one.port(), one.user())),
            objects.map(one -> new ObjectAddress(one.endpoint(), one.createBucket(BUCKET))));
    this.versions =
        Map.of(
            "postgres",
            fact(
                Server.POSTGRES,
                postgres.map(
                    one -> one.version() + ", embedded, loopback, fsync=off, commits are awaited")),
            "objectStorage",
            fact(
                Server.S3,
                objects.map(one -> "S3Proxy in the process that compares, objects in memory")));
  }

  /**
   * Starts what these arms ask.
   *
   * @param redis is there already, and outlives the others
   */
  static ServersForRun with(RedisForRun redis, List<Arm> arms) {
    return new ServersForRun(redis, arms);
  }

  private <T extends AutoCloseable> Optional<T> start(
      Server server, List<Arm> arms, Supplier<T> starting) {
    if (arms.stream().noneMatch(arm -> arm.asks(server))) {
      return Optional.empty();
    }
    try {
      T one = starting.get();
      started.add(one);
      return Optional.of(one);
    } catch (RuntimeException | LinkageError e) {
      missing.put(server, reason(e));
      return Optional.empty();
    }
  }

  /** In one line, and not the last lines of a log. */
  private static String reason(Throwable e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return first.isBlank() ? e.getClass().getSimpleName() : first.strip().replaceAll("\\.$", "");
  }

  private Fact fact(Server server, Optional<String> version) {
    return version
        .map(Fact::known)
        .orElseGet(() -> Fact.unknown(missing.getOrDefault(server, "no arm of this run asks it")));
  }

  /** Where they are. */
  Servers servers() {
    return servers;
  }

  /** Why one is not there that an arm asks; of Redis {@link RedisForRun} says it. */
  Map<Server, String> missing() {
    return Map.copyOf(missing);
  }

  /** What they are, for the environment; not of Redis. */
  Map<String, Fact> versions() {
    return versions;
  }

  RedisForRun redis() {
    return redis;
  }

  @Override
  public void close() {
    started.forEach(ServersForRun::end);
  }

  private static void end(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      System.err.println("A server of this run did not end as it should: " + reason(e));
    }
  }
}
