package dev.statewise.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** The masters of a Redis Cluster, each for its slots. */
final class ClusterTopology implements Topology {

  private static final int SLOTS = 1 << 14;

  private final AtomicReferenceArray<HostAndPort> masterOfSlot = new AtomicReferenceArray<>(SLOTS);
  private final List<HostAndPort> seeds;
  private final Function<HostAndPort, ClusterSlots> asking;
  private volatile List<HostAndPort> masters = List.of();

  ClusterTopology(List<HostAndPort> seeds, Function<HostAndPort, ClusterSlots> asking) {
    this.seeds = List.copyOf(seeds);
    this.asking = asking;
  }

  @Override
  public HostAndPort nodeOf(CommandArguments command) {
    if (command.isKeyless()) {
      return anyMaster();
    }
    Set<Integer> slots = command.getKeyHashSlots();
    if (slots.size() > 1) {
      throw new JedisDataException("CROSSSLOT The keys of one command lie in several slots");
    }
    HostAndPort master = masterOfSlot.get(slots.iterator().next());
    return master == null ? anyMaster() : master;
  }

  @Override
  public void moved(int slot, HostAndPort to) {
    masterOfSlot.set(slot, to);
  }

  @Override
  public List<HostAndPort> look() {
    JedisException last = new JedisConnectionException("No node of the cluster is known");
    for (HostAndPort node : inAnyOrder()) {
      try {
        return learn(asking.apply(node));
      } catch (JedisException e) {
        last = e;
      }
    }
    throw last;
  }

  private List<HostAndPort> learn(ClusterSlots told) {
    for (ClusterSlots.Range range : told.ranges()) {
      for (int slot = range.first(); slot <= range.last(); slot++) {
        masterOfSlot.set(slot, range.master());
      }
    }
    masters = told.masters();
    return masters;
  }

  private Set<HostAndPort> inAnyOrder() {
    List<HostAndPort> known = new ArrayList<>(masters);
    known.addAll(seeds);
    Collections.shuffle(known);
    return new LinkedHashSet<>(known);
  }

  /** Also for a slot of unknown master: whoever is asked says where it lies. */
  private HostAndPort anyMaster() {
    List<HostAndPort> known = masters;
    if (known.isEmpty()) {
      throw new NobodyKnownException(
          "no node told who serves the slots. Start the nodes, or mend their addresses and the password; a server that is none of a cluster is for RedisConnection.to.");
    }
    return known.get(ThreadLocalRandom.current().nextInt(known.size()));
  }
}
