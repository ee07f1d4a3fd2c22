package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Makes connections that are logged in. What a server says to that may repeat the password, and
 * Jedis logs it: so it is cut to its first word before Jedis sees it.
 */
final class RedactingConnectionFactory extends ConnectionFactory {

  private static final byte[] MASTER = "master".getBytes(StandardCharsets.US_ASCII);

  private final boolean mustBeMaster;

  /**
   * @param mustBeMaster whether a server that calls itself anything but a master is of no use
   */
  RedactingConnectionFactory(
      JedisSocketFactory sockets, JedisClientConfig config, boolean mustBeMaster) {
    super(sockets, config);
    this.mustBeMaster = mustBeMaster;
  }

  /** One connection, in no pool. Whoever calls this closes it. */
  Connection dial() {
    try {
      return makeObject().getObject();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisConnectionException("No connection", e);
    }
  }

  @Override
  protected void initialize(Connection connection) {
    try {
      super.initialize(connection);
      if (mustBeMaster) {
        requireMaster(connection);
      }
    } catch (JedisDataException e) {
      throw new JedisDataException(SeenException.code(e), SeenException.of(e));
    } catch (JedisConnectionException e) {
      throw new JedisConnectionException("No connection", SeenException.of(e));
    }
  }

  private static void requireMaster(Connection connection) {
    try {
      Object role = connection.executeCommand(Protocol.Command.ROLE);
      if (!(role instanceof List<?> told
          && told.get(0) instanceof byte[] name
          && Arrays.equals(name, MASTER))) {
        throw new JedisConnectionException("The server is not a master, or not any more");
      }
    } catch (RuntimeException e) {
      connection.disconnect();
      throw e;
    }
  }
}
