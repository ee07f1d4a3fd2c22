package dev.statewise.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;

/** There was no connection to send a command on: surely nothing of it happened. */
final class NotSentException extends JedisConnectionException {

  private static final long serialVersionUID = 1L;

  NotSentException(String message, Throwable cause) {
    super(message, cause);
  }
}
