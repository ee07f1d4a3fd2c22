/** Statewise on Redis: a session store, a near cache and a revocation list, on Jedis. */
module dev.statewise.redis {
  requires static org.jspecify;
  requires transitive dev.statewise.core;
  requires transitive redis.clients.jedis;
  requires com.github.benmanes.caffeine;
  requires org.apache.commons.pool2;
  requires org.slf4j;

  exports dev.statewise.redis;
}
