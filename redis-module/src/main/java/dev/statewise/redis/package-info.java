/**
 * Sessions and refusals in Redis, on Jedis: {@link dev.statewise.redis.RedisSessionStore} and
 * {@link dev.statewise.redis.RedisRevocationList}.
 */
@NullMarked
package dev.statewise.redis;

import org.jspecify.annotations.NullMarked;
