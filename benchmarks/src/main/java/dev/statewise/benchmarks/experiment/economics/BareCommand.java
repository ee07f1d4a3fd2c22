package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.RedisAddress;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.SetParams;

/** One command a request, and nothing that makes a session of it: a floor. */
final class BareCommand implements Sliding {

  /** {@code GET}: the value ends when it was to end at first. */
  static final String GET = "floor-get";

  /** {@code GETEX} with the idle timeout: the value slides at each request. */
  static final String GETEX = "floor-getex";

  private static final int VALUE_BYTES = 256;

  private final RedisClient client;
  private final String key;
  private final boolean slides;
  private final long idleMillis;

  BareCommand(RedisAddress redis, String key, boolean slides, SessionPolicy policy) {
    this.client = redis.client();
    this.key = key;
    this.slides = slides;
    this.idleMillis = policy.idleTimeout().toMillis();
    client.set(key, "x".repeat(VALUE_BYTES), new SetParams().px(idleMillis));
  }

  @Override
  public void request() {
    String found = slides ? client.getEx(key, new GetExParams().px(idleMillis)) : client.get(key);
    if (found == null) {
      throw new IllegalStateException("A key that was just set is not there.");
    }
  }

  @Override
  public double endsTooEarlyBy() {
    return 0;
  }

  @Override
  public void close() {
    client.close();
  }
}
