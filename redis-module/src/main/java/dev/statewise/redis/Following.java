package dev.statewise.redis;

import dev.statewise.spi.Findings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Follows what changes on every master there is. Copies are served while all of them are heard; and
 * all copies are dropped whenever one is lost, heard again, new, or a master no more.
 *
 * <p>Which masters there are is asked again and again. A slot that has moved to one of which this
 * does not know yet is served by age alone until then.
 */
final class Following implements AutoCloseable {

  private static final Duration SHORTEST_RECHECK = Duration.ofMillis(100);
  private static final Duration LONGEST_RECHECK = Duration.ofSeconds(1);

  private final RedisConnection connection;
  private final InvalidatedKeys keys;
  private final Copies copies;
  private final Findings findings;
  private final Duration recheck;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread watch = daemon("masters", this::watch);
  private final Map<HostAndPort, MasterFollower> followers = new HashMap<>();
  private final Set<HostAndPort> silent = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Following(
      RedisConnection connection,
      KeySpace keys,
      Copies copies,
      Duration staleness,
      Findings findings) {
    this.connection = connection;
    this.keys = new InvalidatedKeys(keys);
    this.copies = copies;
    this.findings = findings;
    Duration half = staleness.dividedBy(2);
    recheck =
        half.compareTo(LONGEST_RECHECK) > 0
            ? LONGEST_RECHECK
            : half.compareTo(SHORTEST_RECHECK) < 0 ? SHORTEST_RECHECK : half;
  }

  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(null, task, "statewise-near-" + name, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Begins, if it has not; does not wait. */
  void start() {
    if (!started.get() && started.compareAndSet(false, true)) {
      watch.start();
    }
  }

  /** Ends its threads, and is not begun again. */
  @Override
  public void close() {
    closed = true;
    started.set(true);
    synchronized (this) {
      followers.values().forEach(MasterFollower::close);
      followers.clear();
      judge();
    }
    LockSupport.unpark(watch);
  }

  TrackingPair pairTo(HostAndPort master) {
    return TrackingPair.make(connection, master, keys, copies);
  }

  /** Whether copies may be served has perhaps changed. */
  synchronized void judge() {
    boolean heard =
        !followers.isEmpty() && followers.values().stream().allMatch(MasterFollower::hears);
    if (heard && !copies.areServed()) {
      copies.serve();
    } else if (!heard && copies.areServed()) {
      copies.bypass();
    }
  }

  void heard(HostAndPort master) {
    if (silent.remove(master)) {
      findings.tell(
          "The near cache hears again what changes on redis at %s; copies of sessions are served while it does."
              .formatted(master));
    }
  }

  void lost(HostAndPort master, RuntimeException why) {
    if (silent.add(master)) {
      findings.tell(
          "The near cache does not hear what changes on redis at %s (%s), so it serves no copies and each find is a round trip. It tries again by itself. %s"
              .formatted(master, SeenException.of(why).getMessage(), remedy(why)));
    }
  }

  private void watch() {
    while (!closed) {
      check();
      LockSupport.parkNanos(this, recheck.toNanos());
    }
  }

  private void check() {
    List<HostAndPort> masters;
    try {
      masters = connection.masters();
    } catch (RuntimeException e) {
      // Those that are followed are masters as far as anybody knows.
      return;
    }
    adopt(new HashSet<>(masters));
  }

  private synchronized void adopt(Set<HostAndPort> masters) {
    if (closed || masters.equals(followers.keySet())) {
      return;
    }
    copies.bypass();
    followers
        .entrySet()
        .removeIf(known -> isGone(known.getValue(), !masters.contains(known.getKey())));
    for (HostAndPort master : masters) {
      followers.computeIfAbsent(master, this::followed);
    }
    judge();
  }

  private static boolean isGone(MasterFollower follower, boolean gone) {
    if (gone) {
      follower.close();
    }
    return gone;
  }

  private MasterFollower followed(HostAndPort master) {
    MasterFollower follower = new MasterFollower(master, this);
    follower.start();
    return follower;
  }

  private static String remedy(RuntimeException why) {
    return why instanceof JedisDataException
        ? "Let the user run CLIENT, SUBSCRIBE and PING, and the channel __redis__:invalidate; the server must be Redis 6 or newer."
        : "If this is routine, look at the network and at the server's client-output-buffer-limit for pubsub.";
  }
}
