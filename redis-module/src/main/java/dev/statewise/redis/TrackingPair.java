package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Two connections to one master: one is told of each key that changes, because the other has asked
 * for it. The server forgets that when the asking one ends, and goes silent when the listening one
 * does; it tells nobody. So both are asked for a sign of life all the time, and if either gives
 * none, both are of no use.
 *
 * <p>RESP2, so that it works from Redis 6.0. There is no {@code NOLOOP}: what this node writes goes
 * through other connections, of which the server does not know that they are its own.
 */
final class TrackingPair implements AutoCloseable {

  static final Duration PING_EVERY = Duration.ofMillis(500);

  private static final Duration REPLY_WITHIN = Duration.ofSeconds(2);
  private static final int UNANSWERED_AT_MOST = 4;
  private static final byte[] CHANNEL = bytes("__redis__:invalidate");
  private static final byte[] MESSAGE = bytes("message");
  private static final byte[] PONG = bytes("pong");

  private final Connection listening;
  private final Connection asking;
  private final InvalidatedKeys keys;
  private final Copies copies;
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile @Nullable RuntimeException loss;

  private TrackingPair(
      Connection listening, Connection asking, InvalidatedKeys keys, Copies copies) {
    this.listening = listening;
    this.asking = asking;
    this.keys = keys;
    this.copies = copies;
  }

  /**
   * When this returns, the server has begun to tell of every change, and {@link #listen} hears it.
   *
   * @throws JedisException if the server cannot be reached, or refuses
   */
  static TrackingPair make(
      RedisConnection connection, HostAndPort master, InvalidatedKeys keys, Copies copies) {
    Connection listening = connection.dial(master, REPLY_WITHIN);
    try {
      Object id = listening.executeCommand(new CommandArguments(Command.CLIENT).add("ID"));
      listening.executeCommand(new CommandArguments(Command.SUBSCRIBE).add(CHANNEL));
      Connection asking = connection.dial(master, REPLY_WITHIN);
      try {
        asking.executeCommand(
            new CommandArguments(Command.CLIENT)
                .addObjects("TRACKING", "ON", "REDIRECT", id)
                .addObjects("BCAST", "PREFIX", keys.head()));
        return new TrackingPair(listening, asking, keys, copies);
      } catch (RuntimeException e) {
        close(asking);
        throw e;
      }
    } catch (RuntimeException e) {
      close(listening);
      throw e;
    }
  }

  /** Drops the copies of what changes, until a connection is lost. For a thread of its own. */
  void listen() {
    try {
      while (!isLost()) {
        hear(listening.getUnflushedObject());
      }
    } catch (RuntimeException e) {
      lose(e);
    } finally {
      // Also if it is an Error that ends this: nobody listens any more.
      lose(new JedisConnectionException("Nobody listens"));
    }
  }

  /** Asks both connections for a sign of life; that of the listening one may come later. */
  void ping() {
    try {
      asking.executeCommand(Command.PING);
      if (unanswered.incrementAndGet() > UNANSWERED_AT_MOST) {
        throw new JedisConnectionException("No sign of life");
      }
      if (!isLost()) {
        listening.sendCommand(Command.PING);
        // Of no replies: what was written is sent, and whoever listens reads the answer.
        listening.getMany(0);
      }
    } catch (RuntimeException e) {
      lose(e);
    }
  }

  boolean isLost() {
    return loss != null;
  }

  /** What ended it; null if nothing has. */
  @Nullable RuntimeException loss() {
    return loss;
  }

  @Override
  public void close() {
    close(asking);
    close(listening);
  }

  private void hear(Object told) {
    if (!(told instanceof List<?> message) || !(message.get(0) instanceof byte[] kind)) {
      throw new JedisConnectionException("The connection is subscribed no more");
    }
    if (Arrays.equals(kind, PONG)) {
      unanswered.set(0);
    } else if (Arrays.equals(kind, MESSAGE)) {
      invalidate(message.get(2));
    }
  }

  private void invalidate(@Nullable Object changed) {
    if (changed instanceof List<?> several) {
      several.forEach(this::invalidate);
    } else if (changed instanceof byte[] redisKey) {
      keys.session(redisKey).ifPresent(copies::drop);
    } else {
      // Nothing is named if everything is gone: FLUSHALL, FLUSHDB.
      copies.dropAll();
    }
  }

  private synchronized void lose(RuntimeException why) {
    if (loss == null) {
      loss = why;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (JedisException e) {
      // Closed it is.
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
