package dev.statewise.redis;

import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Sends each command to the master that its topology names, and on to where that one says the slot
 * lies. It sends nothing twice and waits for nothing: {@link RedisCalls} does.
 *
 * <p>In the place of Jedis' own for clusters and sentinels, which make their sockets themselves, so
 * that neither deadlines nor the redaction of what a server says could be had with them.
 */
final class RoutedCommands implements OwnConnections {

  // From a node that does not know better yet, by way of one that is about to hand the slot over.
  private static final int MOST_HOPS = 5;
  private static final CommandArguments NO_KEYS = new CommandArguments(Protocol.Command.PING);

  private final Topology topology;
  private final NodePools pools;
  private final TopologyWatch watch;

  RoutedCommands(Topology topology, NodePools pools, Duration period) {
    this.topology = topology;
    this.pools = pools;
    this.watch = new TopologyWatch(topology, period, pools::retain);
  }

  @Override
  public <T> T executeCommand(CommandObject<T> command) {
    return routed(
        command.getArguments(),
        (connection, asking) -> {
          ask(connection, asking);
          return connection.executeCommand(command);
        });
  }

  @Override
  public <T> T onOne(
      CommandArguments keys, Function<Function<CommandArguments, Object>, T> requests) {
    return routed(
        keys,
        (connection, asking) ->
            requests.apply(
                request -> {
                  ask(connection, asking);
                  return connection.executeCommand(request);
                }));
  }

  private interface Requests<T> {
    T on(Connection connection, boolean asking);
  }

  private <T> T routed(CommandArguments keys, Requests<T> requests) {
    HostAndPort node = nodeOf(keys);
    boolean asking = false;
    for (int hops = 0; ; hops++) {
      try {
        return send(requests, node, asking);
      } catch (JedisRedirectionException redirection) {
        if (hops == MOST_HOPS) {
          throw redirection;
        }
        node = target(redirection, node);
        asking = redirection instanceof JedisAskDataException;
        if (!asking) {
          topology.moved(redirection.getSlot(), node);
          watch.suspect();
        }
      }
    }
  }

  @Override
  public Connection getConnection() {
    return getConnection(NO_KEYS);
  }

  @Override
  public Connection getConnection(CommandArguments command) {
    return pools.borrow(nodeOf(command));
  }

  @Override
  public void close() {
    watch.close();
    pools.close();
  }

  private HostAndPort nodeOf(CommandArguments command) {
    try {
      return topology.nodeOf(command);
    } catch (NotSentException e) {
      watch.suspect();
      throw e;
    }
  }

  /** Allows the next request, and no other, to a node that a slot is being moved to. */
  private static void ask(Connection connection, boolean asking) {
    if (asking) {
      connection.executeCommand(Protocol.Command.ASKING);
    }
  }

  private <T> T send(Requests<T> requests, HostAndPort node, boolean asking) {
    try (Connection connection = pools.borrow(node)) {
      return requests.on(connection, asking);
    } catch (JedisConnectionException e) {
      // The idle connections were made to the same server, and are likely lost as well.
      pools.clear(node);
      watch.suspect();
      throw e;
    } catch (JedisDataException e) {
      if (SeenException.code(e).equals("READONLY")) {
        pools.clear(node);
        watch.suspect();
      }
      throw e;
    }
  }

  // Without a host it is the one that was asked, so says the protocol.
  private static HostAndPort target(JedisRedirectionException redirection, HostAndPort asked) {
    HostAndPort target = redirection.getTargetNode();
    return target.getHost().isEmpty() ? new HostAndPort(asked.getHost(), target.getPort()) : target;
  }
}
