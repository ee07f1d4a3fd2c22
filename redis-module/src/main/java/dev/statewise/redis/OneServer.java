package dev.statewise.redis;

import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Sends every command to one server. */
final class OneServer extends PooledConnectionProvider implements OwnConnections {

  OneServer(RedactingConnectionFactory connections, ConnectionPoolConfig config) {
    super(connections, config);
  }

  @Override
  public <T> T executeCommand(CommandObject<T> command) {
    return send(connection -> connection.executeCommand(command));
  }

  @Override
  public <T> T onOne(
      CommandArguments keys, Function<Function<CommandArguments, Object>, T> requests) {
    return send(connection -> requests.apply(connection::executeCommand));
  }

  private <T> T send(Function<Connection, T> requests) {
    try (Connection connection = getConnection()) {
      return requests.apply(connection);
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
