package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Refusals in Redis, in one of two forms that may be mixed among the nodes of one list.
 *
 * <p><b>Asking</b> ({@link #connect}, {@link #over}): nothing is held in this process, so a refusal
 * is seen by every node at once, and each {@code isRefused} is one script and one round trip.
 *
 * <p><b>Replicated</b> ({@link #replicated}): each node follows the refusals into its own memory,
 * and {@code isRefused} costs no round trip. A refusal is seen by this node at once and by another
 * within the staleness that was given; a node that cannot be sure of that asks Redis, and is
 * unavailable if Redis gives no answer.
 *
 * <p>Raising a floor is one script, atomic on the server, and one round trip. No key is ever
 * without a time to live: a floor is kept to its {@code until} and {@link RedisSessionStore#MARGIN}
 * longer, also if {@code until} has passed already, and never shorter than it was to be kept
 * before. A key holds the hash of a subject, not the subject.
 *
 * <p><b>Lost refusals.</b> Beside the floors the server keeps since when no refusal was lost, its
 * generation, and every answer is judged by it. If it is missing, or was written by another process
 * than the one that answers, the server was wiped, restarted or replaced, and refusals may be lost:
 * then every session that was created before is refused, as by the floor of all, and users log in
 * again. A restart that surely loses nothing is vouched for with {@link #assumingDurable}; a
 * failover logs nobody out if refusals are {@linkplain #withAcknowledgementOf acknowledged by
 * replicas}. The client's user must be allowed {@code INFO}.
 *
 * <p>A server that evicts forgets refusals, and with them an ended session lives again: a list on
 * one whose {@code maxmemory-policy} is not {@code noeviction} is unavailable, unless {@link
 * #acceptingEviction} was said. A server that is full refuses writes, and then a refusal is an
 * outage that the caller sees. A replica, or a master without the replicas that its {@code
 * min-replicas-to-write} asks for, is not believed.
 *
 * <p>Safe for use by any number of threads. Deadlines are as for {@link RedisSessionStore}.
 */
public final class RedisRevocationList implements RevocationList {

  private static final Duration SHORTEST_STALENESS = Duration.ofMillis(50);
  private static final Duration LONGEST_STALENESS = Duration.ofMinutes(5);

  private final RedisCalls calls;
  private final ListSettings settings;
  private final Optional<Duration> staleness;
  private final FloorSource source;
  private final Optional<ReplicatedFloors> replicated;
  private final ListTraits traits;

  private RedisRevocationList(
      RedisCalls calls, ListSettings settings, Optional<Duration> staleness) {
    this.calls = calls;
    this.settings = settings;
    this.staleness = staleness;
    Generation generation = new Generation(settings);
    source = new FloorSource(calls, settings, generation);
    replicated =
        staleness.map(bound -> new ReplicatedFloors(calls, settings, bound, generation, source));
    // What may be evicted is neither durable nor kept, whatever else is vouched for.
    boolean keeps = !settings.acceptingEviction();
    traits =
        new ListTraits(
            true,
            keeps && settings.durable(),
            keeps && settings.replicas() > 0,
            staleness.orElse(Duration.ZERO),
            staleness.isPresent() ? 0 : 1);
  }

  /**
   * Asks on a client that the caller owns, configures with deadlines, and closes after this.
   *
   * @throws IllegalArgumentException if it is of a Redis Cluster: see {@link #replicated}
   */
  public static RedisRevocationList over(UnifiedJedis client) {
    return asking(RedisCalls.over(requireNonNull(client, "client")));
  }

  /**
   * Asks on a client of its own, with the deadlines of {@link RedisConnection#to}.
   *
   * @throws IllegalArgumentException if the URI names no Redis server
   */
  public static RedisRevocationList connect(URI uri) {
    return connect(RedisConnection.to(uri));
  }

  /**
   * Asks on a client of its own, which {@link #close} closes.
   *
   * @throws IllegalArgumentException if it is of a Redis Cluster: see {@link #replicated}
   */
  public static RedisRevocationList connect(RedisConnection connection) {
    return asking(RedisCalls.connect(connection));
  }

  /**
   * Answers from this process, on a client of its own and one connection more, on which a daemon
   * thread follows the refusals from the first call on; {@link #close} stops it. If Redis cannot be
   * reached, it tries again by itself.
   *
   * <p>It is the form for a Redis Cluster. There the log of refusals lies in one slot and is told
   * first, a floor lies in its session's slot and is raised second, and only then is the refusal
   * acknowledged; so the loss of any floor's server brings nobody back. Beyond the bound a node
   * reads on in the log. Moving that one slot to another server looks like a failover.
   *
   * @param staleness how long after a refusal was acknowledged another node may still accept what
   *     it refuses; 50 ms to 5 minutes. It is judged in each {@code isRefused} by a clock that only
   *     goes forward, so that a node that stood still asks when it wakes. Redis is asked about four
   *     times in it by each node
   */
  public static RedisRevocationList replicated(RedisConnection connection, Duration staleness) {
    requireNonNull(staleness, "staleness");
    if (staleness.compareTo(SHORTEST_STALENESS) < 0 || staleness.compareTo(LONGEST_STALENESS) > 0) {
      throw new IllegalArgumentException(
          "staleness (%s) is not from 50 ms to 5 minutes. Say how long a node may go on accepting what another node ended; connect(...) asks each time."
              .formatted(staleness));
    }
    return new RedisRevocationList(
        RedisCalls.connect(connection), ListSettings.DEFAULT, Optional.of(staleness));
  }

  /** As {@link RedisSessionStore#withKeyPrefix}. */
  public RedisRevocationList withKeyPrefix(String prefix) {
    return with(settings.withKeys(new KeySpace(prefix)));
  }

  /**
   * This list with another clock than the system's; on the same client. It turns an {@code until}
   * into how long a floor is kept, and says since when no refusal was lost. Give it the clock of
   * the sessions.
   */
  public RedisRevocationList withClock(InstantSource clock) {
    return with(settings.withClock(clock));
  }

  /**
   * This list with another bound to how far the clocks of two nodes differ than 30 s; on the same
   * client. Give it that of the sessions' policy: when refusals were lost, those are refused whom a
   * node whose clock is so far ahead may have created.
   *
   * @param clockSkew zero to 10 minutes
   */
  public RedisRevocationList withClockSkew(Duration clockSkew) {
    return with(settings.withClockSkew(clockSkew));
  }

  /**
   * This list beside sessions that are there already; on the same client. On a server without a
   * generation, and as long as this process has seen none, sessions created from {@code since} on
   * are good; without this, those from now on. For the first start of a list: take it out
   * afterwards, for with it a process that starts after the server was wiped cannot tell that
   * refusals were lost.
   */
  public RedisRevocationList adoptingSessionsSince(Instant since) {
    return with(settings.withAdopting(since));
  }

  /**
   * This list, vouched for to keep its refusals over a restart of the server: it writes an
   * append-only file with {@code appendfsync always}. With {@code everysec} the last seconds may be
   * lost, also if the process alone is killed. Only the caller can know; a restart then logs nobody
   * out. Say it on every node of the list; else it depends on who asks first.
   */
  public RedisRevocationList assumingDurable() {
    return with(settings.withDurable());
  }

  /**
   * This list, waiting after each refusal until so many replicas have it; on the same client. If
   * they do not say so in time the refusal is {@link Acknowledgement#UNCONFIRMED}: written, and
   * perhaps lost in a failover. Refusing again asks them again. A failover then logs nobody out.
   * Say it on every node of the list: what one refuses without waiting is lost in silence.
   *
   * @param replicas 1 to 100. Name as many as may not have it when one of the others is promoted
   * @param within how long to wait for them; 1 ms to 60 s, and less than the client's socket
   *     timeout
   * @throws IllegalArgumentException if the client was handed in and is none of Jedis' {@code
   *     RedisClient}, {@code RedisSentinelClient} and {@code RedisClusterClient}
   */
  public RedisRevocationList withAcknowledgementOf(int replicas, Duration within) {
    ListSettings waiting = settings.withAcknowledgement(replicas, within);
    calls.requireOneConnection();
    calls
        .connection()
        .map(RedisConnection::socketTimeout)
        .filter(timeout -> timeout.compareTo(within) <= 0)
        .ifPresent(
            timeout -> {
              throw new IllegalArgumentException(
                  "within (%s) is not less than the socket timeout (%s), so the answer would always come too late. Raise withSocketTimeout or wait for less long."
                      .formatted(within, timeout));
            });
    return with(waiting);
  }

  /**
   * This list on a server that may evict, and forget refusals; on the same client. Its traits are
   * then neither durable nor keep what was acknowledged, whatever else is said.
   */
  public RedisRevocationList acceptingEviction() {
    return with(settings.withAcceptingEviction());
  }

  /** With another source of nanoseconds than {@code System.nanoTime()}. */
  RedisRevocationList withTicker(LongSupplier ticker) {
    return with(settings.withTicker(ticker));
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    return raise(FloorName.of(settings.keys(), session), Math.max(version, Floor.NONE), until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    return raise(FloorName.of(settings.keys(), subject), Millis.ceiling(createdBefore), until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    return raise(FloorName.ofAll(settings.keys()), Millis.ceiling(createdBefore), until);
  }

  @Override
  public Instant floor(String subject) {
    return replicated.map(floors -> floors.floor(subject)).orElseGet(() -> source.floor(subject));
  }

  @Override
  public boolean isRefused(Session session) {
    return replicated.isPresent() ? replicated.get().isRefused(session) : source.isRefused(session);
  }

  /** Whether {@code isRefused} would be answered from this process now. */
  boolean isFollowing() {
    return replicated.map(ReplicatedFloors::isFollowing).orElse(false);
  }

  /** How many floors are in memory. */
  int heldHere() {
    return replicated.map(ReplicatedFloors::held).orElse(0);
  }

  /**
   * Shared; durable and kept by replicas as the caller says, by default not; of a replicated list
   * the staleness that it was given, and no round trip while it follows.
   */
  @Override
  public ListTraits traits() {
    return traits;
  }

  /** Stops following, and closes the client if it was opened here. */
  @Override
  public void close() {
    replicated.ifPresent(ReplicatedFloors::close);
    calls.close();
  }

  private static RedisRevocationList asking(RedisCalls calls) {
    if (calls.isOfCluster()) {
      calls.close();
      throw new IllegalArgumentException(
          "On a Redis Cluster the floors that decide lie on several servers, so one question cannot ask for all of them. Use RedisRevocationList.replicated(RedisConnection.toCluster(...), staleness).");
    }
    return new RedisRevocationList(calls, ListSettings.DEFAULT, Optional.empty());
  }

  private RedisRevocationList with(ListSettings settings) {
    return new RedisRevocationList(calls, settings, staleness);
  }

  private Acknowledgement raise(FloorName name, long floor, Instant until) {
    Acknowledgement answer = source.raise(name, floor, until);
    replicated.ifPresent(floors -> floors.raised(name, floor, until));
    return answer;
  }
}
