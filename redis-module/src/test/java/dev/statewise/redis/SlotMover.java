package dev.statewise.redis;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.MigrateParams;

/**
 * Moves slots between the masters of a cluster with all that lies in them, as {@code redis-cli
 * --cluster reshard} does: key by key, while the cluster serves. For one thread.
 */
public final class SlotMover implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
  private static final Duration POLL = Duration.ofMillis(2);
  private static final int BATCH = 10;
  private static final int ATTEMPTS = 100;

  private final List<RedisServer> servers;
  private final List<Jedis> masters;
  private final List<String> ids;

  public SlotMover(RedisCluster cluster) {
    servers = cluster.masters();
    masters = servers.stream().map(SlotMover::connect).toList();
    ids = masters.stream().map(Jedis::clusterMyId).toList();
  }

  /**
   * Moves a slot to the next master.
   *
   * @param halfway is run while a part of the slot lies here and a part there
   */
  public void moveOn(int slot, Runnable halfway) {
    int from = begin(slot);
    int to = after(from);
    migrate(slot, from, to, 1);
    halfway.run();
    while (migrate(slot, from, to, BATCH)) {
      // until the slot is empty: what is new is made at its next owner
    }
    masters.get(to).clusterSetSlotNode(slot, ids.get(to));
    masters.get(from).clusterSetSlotNode(slot, ids.get(to));
    for (int other = 0; other < masters.size(); other++) {
      if (other != to && other != from) {
        masters.get(other).clusterSetSlotNode(slot, ids.get(to));
      }
    }
  }

  @Override
  public void close() {
    masters.forEach(Jedis::close);
  }

  /** Who gives the slot away, when both know that it is on its way. */
  private int begin(int slot) {
    for (int attempt = 1; ; attempt++) {
      int from = owner(slot);
      int to = after(from);
      try {
        masters.get(to).clusterSetSlotImporting(slot, ids.get(from));
        masters.get(from).clusterSetSlotMigrating(slot, ids.get(to));
        return from;
      } catch (JedisDataException e) {
        // What a node says of an earlier move may come late, and then another owns the slot.
        masters.get(to).clusterSetSlotStable(slot);
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private int after(int master) {
    return (master + 1) % masters.size();
  }

  /**
   * Once the nodes agree, on their epochs too: a node that does not know the latest epoch takes a
   * slot over in one that another has as well, and then both say that it is the other's.
   */
  private int owner(int slot) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .pollDelay(Duration.ZERO)
        .until(this::agree);
    HostAndPort asked = new HostAndPort(servers.get(0).host(), servers.get(0).port());
    for (ClusterSlots.Range range :
        ClusterSlots.toldBy(masters.get(0).getConnection(), asked).ranges()) {
      if (range.first() <= slot && slot <= range.last()) {
        return servers.stream().map(RedisServer::port).toList().indexOf(range.master().getPort());
      }
    }
    throw new IllegalStateException("No node serves slot " + slot);
  }

  private boolean agree() {
    return masters.stream().map(SlotMover::view).distinct().count() == 1;
  }

  /** Of each node its id, its epoch and its slots, without those that are on their way. */
  private static String view(Jedis node) {
    return node.clusterNodes()
        .lines()
        .map(line -> line.replaceAll(" \\[[^]]*]", "").split(" ", 9))
        .map(told -> told[0] + ' ' + told[6] + ' ' + (told.length > 8 ? told[8] : ""))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private boolean migrate(int slot, int from, int to, int atMost) {
    List<byte[]> keys = masters.get(from).clusterGetKeysInSlotBinary(slot, atMost);
    if (keys.isEmpty()) {
      return false;
    }
    RedisServer target = servers.get(to);
    masters
        .get(from)
        .migrate(
            target.host(),
            target.port(),
            PATIENCE_MILLIS,
            MigrateParams.migrateParams(),
            keys.toArray(byte[][]::new));
    return true;
  }

  private static Jedis connect(RedisServer server) {
    return new Jedis(
        new HostAndPort(server.host(), server.port()),
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .socketTimeoutMillis(PATIENCE_MILLIS)
            .build());
  }
}
