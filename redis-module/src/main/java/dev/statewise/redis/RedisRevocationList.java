package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/**
 * Refusals in Redis, asked on each request: nothing is held in this process, so a refusal is seen
 * by every node at once, and each {@code isRefused} costs one command and one round trip.
 *
 * <p>Raising a floor is one script, atomic on the server, and one round trip. No key is ever
 * without a time to live: a floor is kept to its {@code until} and {@link RedisSessionStore#MARGIN}
 * longer, also if {@code until} has passed already, and never shorter than it was to be kept
 * before. A key holds the hash of a subject, not the subject.
 *
 * <p>A server that evicts forgets refusals, and with them an ended session lives again: use one
 * whose {@code maxmemory-policy} is {@code noeviction}. It refuses writes when it is full, and then
 * a refusal is an outage that the caller sees.
 *
 * <p>For a single server: the floor of all lies in another slot of a Redis Cluster than the floors
 * of a session and its subject.
 *
 * <p>Safe for use by any number of threads. Deadlines are as for {@link RedisSessionStore}.
 */
public final class RedisRevocationList implements RevocationList {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RedisCalls calls;
  private final KeySpace keys;
  private final InstantSource clock;
  private final ListTraits traits;

  private RedisRevocationList(
      RedisCalls calls, KeySpace keys, InstantSource clock, boolean durable) {
    this.calls = calls;
    this.keys = keys;
    this.clock = clock;
    // What was acknowledged is not kept through the loss of a server: no write waits for replicas.
    traits = new ListTraits(true, durable, false, Duration.ZERO, 1);
  }

  /** On a client that the caller owns, configures with deadlines, and closes after this list. */
  public static RedisRevocationList over(UnifiedJedis client) {
    return on(RedisCalls.over(requireNonNull(client, "client")));
  }

  /**
   * On a client of its own, with the deadlines of {@link RedisConnection#to}.
   *
   * @throws IllegalArgumentException if the URI names no Redis server
   */
  public static RedisRevocationList connect(URI uri) {
    return connect(RedisConnection.to(uri));
  }

  /** On a client of its own, which {@link #close} closes. */
  public static RedisRevocationList connect(RedisConnection connection) {
    return on(RedisCalls.connect(connection));
  }

  /** As {@link RedisSessionStore#withKeyPrefix}. */
  public RedisRevocationList withKeyPrefix(String prefix) {
    return new RedisRevocationList(calls, new KeySpace(prefix), clock, traits.durable());
  }

  /**
   * This list with another clock than the system's; on the same client. It turns an {@code until}
   * into how long the server keeps a floor, and judges nothing.
   */
  public RedisRevocationList withClock(InstantSource clock) {
    return new RedisRevocationList(calls, keys, requireNonNull(clock, "clock"), traits.durable());
  }

  /** As {@link RedisSessionStore#assumingDurable}. */
  public RedisRevocationList assumingDurable() {
    return new RedisRevocationList(calls, keys, clock, true);
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    return raise("REFUSE", keys.sessionFloor(session), Math.max(version, Floor.NONE), until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    return raise("REFUSE", keys.subjectFloor(subject), Millis.ceiling(createdBefore), until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    return raise("REFUSE", keys.floorOfAll(), Millis.ceiling(createdBefore), until);
  }

  @Override
  public Instant floor(String subject) {
    long[] floors = floors("FLOOR", keys.subjectFloor(subject), keys.floorOfAll());
    return Instant.ofEpochMilli(Math.max(floors[0], floors[1]));
  }

  @Override
  public boolean isRefused(Session session) {
    long[] floors =
        floors(
            "IS REFUSED",
            keys.sessionFloor(session.key()),
            keys.subjectFloor(session.subject()),
            keys.floorOfAll());
    return session.version() < floors[0]
        || session.createdAt().toEpochMilli() < Math.max(floors[1], floors[2]);
  }

  /** Shared and never stale; durable as the caller says, by default not. */
  @Override
  public ListTraits traits() {
    return traits;
  }

  @Override
  public void close() {
    calls.close();
  }

  private static RedisRevocationList on(RedisCalls calls) {
    return new RedisRevocationList(calls, KeySpace.DEFAULT, InstantSource.system(), false);
  }

  private Acknowledgement raise(String verb, byte[] key, long floor, Instant until) {
    byte[] tag = new byte[Floor.TAG_LENGTH];
    RANDOM.nextBytes(tag);
    byte[] keep = Long.toString(keep(until)).getBytes(StandardCharsets.US_ASCII);
    return calls.run(verb, Script.RAISE, key, Floor.encode(tag, floor), keep) == Reply.DONE
        ? Acknowledgement.RAISED
        : Acknowledgement.ALREADY;
  }

  private long[] floors(String verb, byte[]... floorKeys) {
    List<byte[]> values = calls.ask(verb, client -> client.mget(floorKeys));
    long[] floors = new long[floorKeys.length];
    for (int i = 0; i < floorKeys.length; i++) {
      byte[] value = values.get(i);
      if (!Floor.isReadable(value)) {
        throw Floor.isNewer(value)
            ? calls.newer(verb, floorKeys[i])
            : calls.unreadable(verb, floorKeys[i]);
      }
      floors[i] = Floor.decode(value);
    }
    return floors;
  }

  // Never skipped and never cut to nothing because this node's clock thinks `until` has passed.
  private long keep(Instant until) {
    long left = Millis.ceiling(until) - Millis.floor(clock.instant());
    return Math.max(left, 0) + RedisSessionStore.MARGIN.toMillis();
  }
}
