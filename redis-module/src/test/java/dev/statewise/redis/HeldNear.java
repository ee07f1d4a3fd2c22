package dev.statewise.redis;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Near caches that serve copies without a server, because a test says so. */
final class HeldNear {

  private static final RedisConnection NOWHERE =
      RedisConnection.to(URI.create("redis://127.0.0.1:1"));

  private HeldNear() {}

  static NearCachedSessionStore over(
      HeldStore source,
      LongSupplier ticker,
      InstantSource clock,
      Duration staleness,
      int maxEntries) {
    NearCachedSessionStore near =
        NearCachedSessionStore.over(source, KeySpace.DEFAULT, NOWHERE)
            .withMaxEntries(maxEntries)
            .withStaleness(staleness)
            .withClock(clock)
            .withTicker(ticker);
    near.copies().serve();
    return near;
  }
}
