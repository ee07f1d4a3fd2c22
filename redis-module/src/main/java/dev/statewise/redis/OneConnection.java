package dev.statewise.redis;

import java.util.Iterator;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.Pool;

/** One connection of a client, for requests that must follow each other on it. */
final class OneConnection {

  private OneConnection() {}

  /** Whether a client can be asked for one. */
  static boolean isOffered(UnifiedJedis client) {
    return client instanceof RedisClient
        || client instanceof RedisClusterClient
        || client instanceof RedisSentinelClient;
  }

  /** To the master that has a key. Closing it gives it back. */
  static Connection of(UnifiedJedis client, byte[] key) {
    if (client instanceof RedisClient single) {
      return single.getPool().getResource();
    }
    if (client instanceof RedisClusterClient cluster) {
      return cluster.getConnectionFromSlot(JedisClusterCRC16.getSlot(key));
    }
    if (client instanceof RedisSentinelClient sentinels) {
      Iterator<? extends Pool<Connection>> pools =
          sentinels.getPrimaryNodesConnectionMap().values().iterator();
      if (pools.hasNext()) {
        return pools.next().getResource();
      }
    }
    throw new JedisConnectionException("The client has no connection to a master");
  }
}
