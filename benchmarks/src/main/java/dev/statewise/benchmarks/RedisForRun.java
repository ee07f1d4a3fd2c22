package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.embedded.RedisServer;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The Redis of a run: one that is started for it, or the caller's, or none.
 *
 * @param address where it is, if there is one
 * @param version what it is, for the environment
 * @param link how far it is from the client, for the environment: {@code loopback} or its host
 * @param notice what a person must be told, in one line
 * @param description for the line that a run begins with
 * @param stop stops what was started
 * @param callers whether it is the caller's, to be left as it was found
 */
record RedisForRun(
    Optional<RedisAddress> address,
    Fact version,
    Fact link,
    Optional<String> notice,
    String description,
    Runnable stop,
    boolean callers)
    implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("[A-Z]{1,20}");

  /** A server that lives as long as the run, where one is bundled for this system. */
  static RedisForRun embedded() {
    Optional<String> why = RedisServer.whyUnavailable();
    if (why.isPresent()) {
      return none(why.get());
    }
    RedisServer server = RedisServer.start();
    return new RedisForRun(
        Optional.of(RedisAddress.of(server.uri())),
        Fact.known(server.version() + ", embedded, loopback, nothing on disk"),
        Fact.known(Environment.LOOPBACK),
        Optional.empty(),
        "embedded " + server.version(),
        server::close,
        false);
  }

  /**
   * The caller's server.
   *
   * @throws UsageException if it does not answer
   */
  static RedisForRun at(RedisAddress address) {
    try (Jedis admin = address.admin()) {
      String version =
          admin
              .info("server")
              .lines()
              .filter(line -> line.startsWith("redis_version:"))
              .map(line -> line.substring("redis_version:".length()).strip())
              .findFirst()
              .orElse("of unknown version");
      return new RedisForRun(
          Optional.of(address),
          Fact.known(version + ", named by --redis"),
          Fact.known(address.isLoopback() ? Environment.LOOPBACK : address.host()),
          Optional.empty(),
          version + " at " + address,
          () -> {},
          true);
    } catch (JedisDataException e) {
      throw refused(address, e);
    } catch (JedisException e) {
      throw new UsageException(
          "--redis %s does not answer (%s), so nothing was measured. Start it or name another; without --redis one is started for the run."
              .formatted(address, e.getClass().getSimpleName()));
    }
  }

  /** It answered, with an error; of which only the code is told, for the rest is its own words. */
  private static UsageException refused(RedisAddress address, JedisDataException e) {
    String code = String.valueOf(e.getMessage()).split(" ", -1)[0];
    return new UsageException(
        "--redis %s is there and refused the login (%s), so nothing was measured. Give user and password in the URI: redis://user:password@host:port."
            .formatted(address, CODE.matcher(code).matches() ? code : "an error"));
  }

  private static RedisForRun none(String why) {
    String reason = why.replace('\n', ' ');
    return new RedisForRun(
        Optional.empty(),
        Fact.unknown(reason),
        Fact.unknown("there is no Redis"),
        Optional.of(
            "No Redis: %s Arms that need one are left out; name a server with --redis URI to have them."
                .formatted(reason)),
        "none",
        () -> {},
        false);
  }

  @Override
  public void close() {
    stop.run();
  }
}
