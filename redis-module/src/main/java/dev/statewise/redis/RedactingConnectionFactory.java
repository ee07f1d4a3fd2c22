package dev.statewise.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Makes connections that are logged in. What a server says to that may repeat the password, and
 * Jedis logs it: so it is cut to its first word before Jedis sees it.
 */
final class RedactingConnectionFactory extends ConnectionFactory {

  RedactingConnectionFactory(JedisSocketFactory sockets, JedisClientConfig config) {
    super(sockets, config);
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
    } catch (JedisDataException e) {
      throw new JedisDataException(SeenException.code(e), SeenException.of(e));
    } catch (JedisConnectionException e) {
      throw new JedisConnectionException("No connection", SeenException.of(e));
    }
  }
}
