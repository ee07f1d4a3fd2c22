package dev.statewise.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Keeps a {@link TrackingPair} to one master. When it is lost another is made: at first after 50
 * ms, then after twice as long each time, up to a second.
 */
final class MasterFollower {

  private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

  private final HostAndPort master;
  private final Following following;
  private final Thread thread;
  private long pause = FIRST_PAUSE;
  private volatile @Nullable TrackingPair pair;
  private volatile boolean closed;

  MasterFollower(HostAndPort master, Following following) {
    this.master = master;
    this.following = following;
    thread = Following.daemon(master.toString(), this::follow);
  }

  void start() {
    thread.start();
  }

  /** Whether what changes on the master is heard of, as far as is known. */
  boolean hears() {
    TrackingPair there = pair;
    return there != null && !there.isLost();
  }

  /** Its threads end at once, or when the reply that they wait for is overdue. */
  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void follow() {
    while (!closed) {
      try (TrackingPair made = following.pairTo(master)) {
        begin(made);
        keep(made);
      } catch (RuntimeException e) {
        if (!closed) {
          following.lost(master, e);
        }
      }
      if (!closed) {
        LockSupport.parkNanos(this, pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  /** The listener first: without it nothing may be served. */
  private void begin(TrackingPair made) {
    Following.daemon(master + "-listener", () -> listen(made)).start();
    pair = made;
    following.judge();
    following.heard(master);
  }

  /** Ends when the pair is lost, or nobody wants it any more. */
  private void keep(TrackingPair made) {
    try {
      while (!closed && !made.isLost()) {
        LockSupport.parkNanos(this, TrackingPair.PING_EVERY.toNanos());
        made.ping();
        if (!made.isLost()) {
          // Not before: it may be lost as soon as it is made, each time.
          pause = FIRST_PAUSE;
        }
      }
    } finally {
      pair = null;
      following.judge();
    }
    RuntimeException loss = made.loss();
    if (loss != null) {
      throw loss;
    }
  }

  private void listen(TrackingPair made) {
    try {
      made.listen();
    } finally {
      following.judge();
      LockSupport.unpark(thread);
    }
  }
}
