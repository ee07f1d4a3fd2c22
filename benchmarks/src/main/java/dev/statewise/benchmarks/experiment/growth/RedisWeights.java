package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.Jedis;

/**
 * Weighs loads in a Redis that is filled from empty, one after the other: by how much more memory
 * the server says it uses. A server with other keys would not do: its tables of keys are doubled
 * when they are full, and whether that falls into a load would depend on those.
 */
final class RedisWeights {

  private static final String PREFIX = "weighed:";
  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int MOST_LOOKS = 50;

  private final RedisAddress redis;
  private final List<PeerArm> peers;
  private final Weights weights = new Weights();
  private final Map<Weighed, Double> keys = new HashMap<>();

  /**
   * @param redis a server for this alone: all that is in it is deleted
   */
  RedisWeights(RedisAddress redis, List<PeerArm> peers) {
    this.redis = redis;
    this.peers = peers;
  }

  /** Weighs all of these. */
  void weigh(List<Weighed> all, WeighingPlan plan, BooleanSupplier cancelled) {
    for (Weighed weighed : all) {
      for (int time = 0; time < plan.inRedisTimes() && !cancelled.getAsBoolean(); time++) {
        weigh(weighed, plan.inRedis());
      }
    }
  }

  Weights weights() {
    return weights;
  }

  /** How many keys one takes. */
  Optional<Double> keys(Weighed weighed) {
    return Optional.ofNullable(keys.get(weighed));
  }

  private void weigh(Weighed weighed, int count) {
    try (Jedis admin = redis.admin();
        Load load = load(weighed)) {
      admin.flushAll();
      load.warmUp();
      long before = settled(admin);
      long keysBefore = admin.dbSize();
      int held = load.hold(count);
      weights.add(weighed, (double) (settled(admin) - before) / held);
      keys.put(weighed, (double) (admin.dbSize() - keysBefore) / held);
    } catch (RuntimeException e) {
      weights.failed(weighed, "could not be weighed: " + e.getClass().getSimpleName());
    }
  }

  /** What the server uses, once it has moved all keys to a table that was doubled. */
  private static long settled(Jedis admin) {
    long latest = used(admin);
    for (int i = 0; i < MOST_LOOKS; i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
      long before = latest;
      latest = used(admin);
      if (latest == before) {
        return latest;
      }
    }
    return latest;
  }

  /** Without what connections take to be served. */
  private static long used(Jedis admin) {
    Map<String, String> memory = new HashMap<>();
    for (String line : admin.info("memory").lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        memory.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return Long.parseLong(memory.getOrDefault("used_memory", "0"))
        - Long.parseLong(memory.getOrDefault("mem_clients_normal", "0"));
  }

  private Load load(Weighed weighed) {
    return switch (weighed.kept()) {
      case LISTED -> new StoreLoad(store(), weighed.state(), true);
      case REFUSAL ->
          RefusalLoad.in(RedisRevocationList.connect(connection()).withKeyPrefix(PREFIX));
      default ->
          weighed.arm().equals("redis")
              ? new StoreLoad(store(), weighed.state(), false)
              : new PeerLoad(peer(weighed).open(Optional.of(redis), PREFIX), weighed.state());
    };
  }

  private PeerArm peer(Weighed weighed) {
    return peers.stream()
        .filter(peer -> peer.name().equals(weighed.arm()))
        .findFirst()
        .orElseThrow();
  }

  private RedisSessionStore store() {
    return RedisSessionStore.connect(connection()).withKeyPrefix(PREFIX);
  }

  private RedisConnection connection() {
    return RedisConnection.to(redis.uri());
  }
}
