package dev.statewise.benchmarks.peer.spring;

import dev.statewise.benchmarks.peer.PeerServer;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Spring Data's way to Redis, on one of the two clients that it knows, each in its defaults.
 *
 * @param operations what Spring Session's configuration class makes
 * @param disconnect ends the client, and the threads it has
 */
record SpringRedis(RedisTemplate<String, Object> operations, Runnable disconnect) {

  static SpringRedis onJedis(PeerServer server) {
    JedisConnectionFactory connections = new JedisConnectionFactory(place(server));
    connections.afterPropertiesSet();
    connections.start();
    return new SpringRedis(operations(connections), connections::destroy);
  }

  static SpringRedis onLettuce(PeerServer server) {
    LettuceConnectionFactory connections = new LettuceConnectionFactory(place(server));
    connections.afterPropertiesSet();
    connections.start();
    return new SpringRedis(operations(connections), connections::destroy);
  }

  void close() {
    disconnect.run();
  }

  private static RedisStandaloneConfiguration place(PeerServer server) {
    RedisStandaloneConfiguration place =
        new RedisStandaloneConfiguration(server.host(), server.port());
    place.setDatabase(server.database());
    if (server.user() != null) {
      place.setUsername(server.user());
    }
    if (server.password() != null) {
      place.setPassword(server.password());
    }
    return place;
  }

  private static RedisTemplate<String, Object> operations(RedisConnectionFactory connections) {
    RedisTemplate<String, Object> operations = new RedisTemplate<>();
    operations.setKeySerializer(RedisSerializer.string());
    operations.setHashKeySerializer(RedisSerializer.string());
    operations.setConnectionFactory(connections);
    operations.setBeanClassLoader(SpringRedis.class.getClassLoader());
    operations.afterPropertiesSet();
    return operations;
  }
}
