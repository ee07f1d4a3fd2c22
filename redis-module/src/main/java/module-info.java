/** Statewise on Redis: a session store and a revocation list, on Jedis. */
module dev.statewise.redis {
  requires static org.jspecify;
  requires transitive dev.statewise.core;
  requires transitive redis.clients.jedis;
  requires org.apache.commons.pool2;
  requires org.slf4j;

  exports dev.statewise.redis;
}
