package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisServer;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

/** Where sessions are kept in an experiment: handles for its nodes, and a look beneath. */
final class Place implements AutoCloseable {

  private final String name;
  private final Supplier<SessionStore> handles;
  private final Predicate<SessionKey> residue;
  private final List<AutoCloseable> opened = new ArrayList<>();

  private Place(String name, Supplier<SessionStore> handles, Predicate<SessionKey> residue) {
    this.name = name;
    this.handles = handles;
    this.residue = residue;
  }

  static Place memory() {
    CaffeineSessionStore store = CaffeineSessionStore.create();
    return new Place("memory", () -> store, key -> store.find(key).isPresent());
  }

  static Place single() {
    RedisServer server = Servers.start();
    RedisClient admin = Servers.admin(server);
    Place place =
        new Place(
            "single Redis",
            () -> RedisSessionStore.connect(Servers.patient(server.uri())),
            key -> admin.exists(redisKey(key)));
    place.opened.addAll(List.of(server, admin));
    return place;
  }

  static Place cluster() {
    RedisCluster cluster = Servers.cluster();
    RedisClusterClient admin = Servers.jedis(cluster);
    Place place =
        new Place(
            "cluster of 3",
            () -> RedisSessionStore.connect(Servers.patient(Servers.connection(cluster))),
            key -> admin.exists(redisKey(key)));
    place.opened.addAll(List.of(cluster, admin));
    return place;
  }

  static Place naive() {
    RedisServer server = Servers.start();
    RedisClient client = Servers.admin(server);
    Place place =
        new Place(
            "plain SET on Redis",
            () -> new PlainSetStore(client),
            key -> client.exists(redisKey(key)));
    place.opened.addAll(List.of(server, client));
    return place;
  }

  String name() {
    return name;
  }

  /** A node of its own. */
  StatefulSessions node() {
    return node(SessionPolicy.defaults());
  }

  StatefulSessions node(SessionPolicy policy) {
    return StatefulSessions.over(handle(), policy);
  }

  SessionStore handle() {
    SessionStore handle = handles.get();
    opened.add(handle);
    return handle;
  }

  /** Whether anything at all lies where that session lay. */
  boolean holds(SessionKey key) {
    return residue.test(key);
  }

  @Override
  public void close() {
    for (int i = opened.size() - 1; i >= 0; i--) {
      try {
        opened.get(i).close();
      } catch (Exception e) {
        throw new AssertionError(name + " could not be closed", e);
      }
    }
  }

  /** As documented: the slot in braces, then the handle. */
  static String redisKey(SessionKey key) {
    return "sw:{" + key.slot() + "}:s:" + key.handle();
  }
}
