package dev.statewise.benchmarks.arm;

import java.util.Optional;

/**
 * Where the servers of a run are, as far as there are any.
 *
 * @param objects the bucket of an S3 API
 */
public record Servers(
    Optional<RedisAddress> redis,
    Optional<PostgresAddress> postgres,
    Optional<ObjectAddress> objects) {

  /** No server at all. */
  public static final Servers NONE =
      new Servers(Optional.empty(), Optional.empty(), Optional.empty());

  /** A Redis alone. */
  public static Servers of(RedisAddress redis) {
    return new Servers(Optional.of(redis), Optional.empty(), Optional.empty());
  }

  /** Whether there is one of that kind. */
  public boolean have(Server server) {
    return switch (server) {
      case REDIS -> redis.isPresent();
      case POSTGRES -> postgres.isPresent();
      case S3 -> objects.isPresent();
    };
  }

  /** The Redis, which must be there. */
  public RedisAddress requireRedis() {
    return redis.orElseThrow(() -> missing(Server.REDIS));
  }

  /** The PostgreSQL, which must be there. */
  public PostgresAddress requirePostgres() {
    return postgres.orElseThrow(() -> missing(Server.POSTGRES));
  }

  /** The bucket, which must be there. */
  public ObjectAddress requireObjects() {
    return objects.orElseThrow(() -> missing(Server.S3));
  }

  private static IllegalStateException missing(Server server) {
    return new IllegalStateException(
        "This arm needs %s and was given none.".formatted(server.label()));
  }
}
