package dev.statewise.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** There was no connection to send a command on: surely nothing of it happened. */
class NotSentException extends JedisConnectionException {

  private static final long serialVersionUID = 1L;

  NotSentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
