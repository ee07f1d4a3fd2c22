package dev.statewise.benchmarks.peer.jediscsc;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.csc.CacheConfig;
import redis.clients.jedis.csc.DefaultCache;

/** Jedis with its own client-side cache, whose invalidations come by RESP3. */
public final class JedisCacheFamily implements PeerFamily {

  private static final String NAME = "peer-jedis-csc";

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(
            NAME,
            "GET through Jedis' own cache, made to accept servers below Redis 7.4, which it refuses otherwise; nothing is decoded, checked or touched",
            true));
  }

  @Override
  public Peer open(String kind, Optional<PeerServer> given, String keyPrefix, InstantSource clock) {
    if (!kind.equals(NAME)) {
      throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    }
    PeerServer server = given.orElseThrow();
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .resp3()
            .user(server.user())
            .password(server.password())
            .database(server.database())
            .build();
    RedisClient client =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(server.host(), server.port()))
            .clientConfig(config)
            .cache(new CompatibleCache())
            .build();
    return new JedisCachePeer(client, keyPrefix);
  }

  /** In its defaults, but for older servers too. */
  private static final class CompatibleCache extends DefaultCache {
    CompatibleCache() {
      super(CacheConfig.builder().build().getMaxSize());
    }

    @Override
    public boolean compatibilityMode() {
      return true;
    }
  }
}
