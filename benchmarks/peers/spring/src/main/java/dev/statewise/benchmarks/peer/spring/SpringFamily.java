package dev.statewise.benchmarks.peer.spring;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/** Spring Session's two repositories on Redis, wired as its own configuration wires them. */
public final class SpringFamily implements PeerFamily {

  private static final String PLAIN = "peer-spring-redis";
  private static final String INDEXED = "peer-spring-redis-indexed";

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(PLAIN, "Spring Session's RedisSessionRepository: find, touch, save", true),
        new Kind(
            INDEXED,
            "Spring Session's RedisIndexedSessionRepository without its listener and its cleaning: find, touch, save",
            true));
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    JedisConnectionFactory connections = connections(server.orElseThrow());
    RedisTemplate<String, Object> operations = operations(connections);
    return switch (kind) {
      case PLAIN -> {
        RedisSessionRepository repository = new RedisSessionRepository(operations);
        repository.setRedisKeyNamespace(keyPrefix);
        yield new SpringPeer<>(repository, subject -> null, connections::destroy, clock);
      }
      case INDEXED -> {
        RedisIndexedSessionRepository repository = new RedisIndexedSessionRepository(operations);
        repository.setRedisKeyNamespace(keyPrefix);
        yield new SpringPeer<>(
            repository,
            subject -> repository.findByPrincipalName(subject).size(),
            connections::destroy,
            clock);
      }
      default -> throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    };
  }

  private static JedisConnectionFactory connections(PeerServer server) {
    RedisStandaloneConfiguration place =
        new RedisStandaloneConfiguration(server.host(), server.port());
    place.setDatabase(server.database());
    if (server.user() != null) {
      place.setUsername(server.user());
    }
    if (server.password() != null) {
      place.setPassword(server.password());
    }
    JedisConnectionFactory connections = new JedisConnectionFactory(place);
    connections.afterPropertiesSet();
    connections.start();
    return connections;
  }

  /** As Spring Session's configuration class makes it. */
  private static RedisTemplate<String, Object> operations(JedisConnectionFactory connections) {
    RedisTemplate<String, Object> operations = new RedisTemplate<>();
    operations.setKeySerializer(RedisSerializer.string());
    operations.setHashKeySerializer(RedisSerializer.string());
    operations.setConnectionFactory(connections);
    operations.setBeanClassLoader(SpringFamily.class.getClassLoader());
    operations.afterPropertiesSet();
    return operations;
  }
}
