package dev.statewise.redis;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Sends every command to one server. */
final class OneServer extends PooledConnectionProvider implements CommandExecutor {

  OneServer(RedactingConnectionFactory connections, ConnectionPoolConfig config) {
    super(connections, config);
  }

  @Override
  public <T> T executeCommand(CommandObject<T> command) {
    try (Connection connection = getConnection()) {
      return connection.executeCommand(command);
    } catch (JedisConnectionException e) {
      // The idle connections were made to the same server, and are likely lost as well.
      getPool().clear();
      throw e;
    }
  }

  @Override
  public Connection getConnection() {
    return Borrowing.from((ConnectionPool) getPool());
  }

  @Override
  public Connection getConnection(CommandArguments command) {
    return getConnection();
  }
}
