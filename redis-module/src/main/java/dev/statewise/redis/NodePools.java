package dev.statewise.redis;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;

/** The connections to each node that was asked for. */
final class NodePools implements AutoCloseable {

  private final Map<HostAndPort, ConnectionPool> pools = new ConcurrentHashMap<>();
  private final Function<HostAndPort, ConnectionPool> opened;
  private volatile boolean closed;

  NodePools(Function<HostAndPort, ConnectionPool> opened) {
    this.opened = opened;
  }

  /** As {@link Borrowing#from}. */
  Connection borrow(HostAndPort node) {
    while (true) {
      if (closed) {
        throw new IllegalStateException("The client is closed");
      }
      ConnectionPool pool = pools.computeIfAbsent(node, opened);
      if (closed) {
        // Perhaps after the others were closed: this one as well, and so it is nobody's.
        pools.remove(node, pool);
        pool.close();
      }
      try {
        return Borrowing.from(pool);
      } catch (RuntimeException e) {
        if (!pool.isClosed() || closed) {
          throw e;
        }
        // The node left, and is asked for again.
        pools.remove(node, pool);
      }
    }
  }

  /** Drops the idle connections to a node, which are lost if one of them was. */
  void clear(HostAndPort node) {
    ConnectionPool pool = pools.get(node);
    if (pool != null) {
      pool.clear();
    }
  }

  /** Drops all connections to other nodes than these; those in use when they are given back. */
  void retain(Collection<HostAndPort> nodes) {
    for (HostAndPort node : List.copyOf(pools.keySet())) {
      if (!nodes.contains(node)) {
        close(pools.remove(node));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    retain(List.of());
  }

  private static void close(@Nullable ConnectionPool pool) {
    if (pool != null) {
      pool.close();
    }
  }
}
