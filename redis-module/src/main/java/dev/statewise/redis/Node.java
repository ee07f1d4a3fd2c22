package dev.statewise.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;

/** One server behind a client, for questions about the server itself. */
interface Node {

  /** The reply as it came: {@code byte[]}, {@code Long}, or a list of such. */
  Object ask(ProtocolCommand command, String... arguments);

  /** Every server that a client knows: of a cluster each node, else the one it writes to. */
  static List<Node> behind(UnifiedJedis client) {
    if (client instanceof RedisClusterClient cluster) {
      Map<String, ConnectionPool> pools = cluster.getClusterNodes();
      List<Node> nodes = new ArrayList<>();
      pools.values().forEach(pool -> nodes.add(of(pool)));
      return nodes;
    }
    return List.of((command, arguments) -> client.executeCommand(request(command, arguments)));
  }

  private static Node of(ConnectionPool pool) {
    return (command, arguments) -> {
      try (Connection connection = pool.getResource()) {
        return connection.executeCommand(request(command, arguments));
      }
    };
  }

  private static CommandArguments request(ProtocolCommand command, String... arguments) {
    return new CommandArguments(command).addObjects((Object[]) arguments);
  }
}
