package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.arm.RedisAddress;
import redis.clients.jedis.Jedis;

/**
 * How often a Redis changed a key or its time to live, by its own count of what a snapshot would
 * miss; what scripts change is in it. A command that could write and changes nothing is not.
 */
final class RedisChanges implements AutoCloseable {

  private static final String FIELD = "rdb_changes_since_last_save:";

  private final Jedis admin;

  private RedisChanges(Jedis admin) {
    this.admin = admin;
  }

  static RedisChanges at(RedisAddress redis) {
    return new RedisChanges(redis.admin());
  }

  /** Until now; it begins anew when a server that saves snapshots has saved one. */
  long count() {
    return admin
        .info("persistence")
        .lines()
        .filter(line -> line.startsWith(FIELD))
        .mapToLong(line -> Long.parseLong(line.substring(FIELD.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The server does not count its changes."));
  }

  @Override
  public void close() {
    admin.close();
  }
}
