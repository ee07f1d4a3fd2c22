package dev.statewise.redis;

import java.time.Duration;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Takes connections from a pool. */
final class Borrowing {

  private Borrowing() {}

  /**
   * A connection, waited for as long as the pool's configuration says, and no longer than the call
   * has left. Whoever calls this closes it, which gives it back.
   *
   * @throws NotSentException if none could be made
   * @throws JedisException if all are in use, or the server refused the login
   */
  static Connection from(ConnectionPool pool) {
    long wait = CallDeadline.atMost(pool.getMaxWaitDuration().toNanos());
    try {
      Connection connection = pool.borrowObject(Duration.ofNanos(Math.max(wait, 0)));
      connection.setHandlingPool(pool);
      return connection;
    } catch (JedisConnectionException e) {
      throw new NotSentException("No connection", e);
    } catch (JedisException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("Could not get a connection from the pool", e);
    }
  }
}
