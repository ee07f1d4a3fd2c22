package dev.statewise.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import redis.clients.jedis.HostAndPort;

/**
 * Looks at a topology when a call came upon a sign that it changed, and from time to time: on a
 * thread of its own, so that no request waits for it, and seldom enough to be no burden in an
 * outage.
 */
final class TopologyWatch implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean due = new AtomicBoolean();
  private final Topology topology;
  private final Consumer<List<HostAndPort>> seen;
  private volatile long lastLook;

  TopologyWatch(Topology topology, Duration period, Consumer<List<HostAndPort>> seen) {
    this.topology = topology;
    this.seen = seen;
    this.thread = thread();
    look();
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Has it looked at soon, unless that is due already. */
  void suspect() {
    if (due.compareAndSet(false, true) && !thread.isShutdown()) {
      long wait = BETWEEN_LOOKS.toNanos() - (System.nanoTime() - lastLook);
      Future<?> unused = thread.schedule(this::look, Math.max(wait, 0), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    due.set(false);
    try {
      seen.accept(topology.look());
    } catch (RuntimeException e) {
      // What was known is kept, and looking goes on. A call that finds nobody says so.
    } finally {
      lastLook = System.nanoTime();
    }
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "statewise-redis-topology", 0, false);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
