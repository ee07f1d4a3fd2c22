package dev.statewise.benchmarks.peer.spring;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/** Spring Session's repositories, wired as its own configuration wires them. */
public final class SpringFamily implements PeerFamily {

  private static final String MAP = "peer-spring-map";
  private static final String PLAIN = "peer-spring-redis";
  private static final String INDEXED = "peer-spring-redis-indexed";
  private static final String PLAIN_LETTUCE = "peer-spring-redis-lettuce";
  private static final String INDEXED_LETTUCE = "peer-spring-redis-indexed-lettuce";

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(
            MAP,
            "Spring Session's MapSessionRepository on a ConcurrentHashMap: find, touch, save",
            false),
        plain(PLAIN, "Jedis"),
        indexed(INDEXED, "Jedis"),
        plain(PLAIN_LETTUCE, "Lettuce"),
        indexed(INDEXED_LETTUCE, "Lettuce"));
  }

  private static Kind plain(String name, String client) {
    return new Kind(
        name,
        "Spring Session's RedisSessionRepository on %s: find, touch, save".formatted(client),
        true);
  }

  private static Kind indexed(String name, String client) {
    return new Kind(
        name,
        "Spring Session's RedisIndexedSessionRepository on %s, without its listener and its cleaning: find, touch, save"
            .formatted(client),
        true);
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    return switch (kind) {
      case MAP -> inMemory(clock);
      case PLAIN -> plain(SpringRedis.onJedis(server.orElseThrow()), keyPrefix, clock);
      case INDEXED -> indexed(SpringRedis.onJedis(server.orElseThrow()), keyPrefix, clock);
      case PLAIN_LETTUCE -> plain(SpringRedis.onLettuce(server.orElseThrow()), keyPrefix, clock);
      case INDEXED_LETTUCE ->
          indexed(SpringRedis.onLettuce(server.orElseThrow()), keyPrefix, clock);
      default -> throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    };
  }

  private static Peer inMemory(InstantSource clock) {
    return new SpringPeer<>(
        new MapSessionRepository(new ConcurrentHashMap<>()), subject -> null, () -> {}, clock);
  }

  private static Peer plain(SpringRedis redis, String keyPrefix, InstantSource clock) {
    RedisSessionRepository repository = new RedisSessionRepository(redis.operations());
    repository.setRedisKeyNamespace(keyPrefix);
    return new SpringPeer<>(repository, subject -> null, redis::close, clock);
  }

  private static Peer indexed(SpringRedis redis, String keyPrefix, InstantSource clock) {
    RedisIndexedSessionRepository repository =
        new RedisIndexedSessionRepository(redis.operations());
    repository.setRedisKeyNamespace(keyPrefix);
    return new SpringPeer<>(
        repository, subject -> repository.findByPrincipalName(subject).size(), redis::close, clock);
  }
}
