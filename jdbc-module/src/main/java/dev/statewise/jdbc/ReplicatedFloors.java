package dev.statewise.jdbc;

import dev.statewise.session.Session;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The floors of a replicated list: followed into this node's memory, and while that may be further
 * behind than the staleness, asked of the database. Following begins with the first question.
 */
final class ReplicatedFloors implements AutoCloseable {

  private final FloorSource source;
  private final LongSupplier ticker;
  private final Duration staleness;
  private final LocalFloors local;
  private final Object starting = new Object();
  private volatile @Nullable FloorFollower follower;
  private boolean closed;

  ReplicatedFloors(FloorSource source, LongSupplier ticker, Duration staleness) {
    this.source = source;
    this.ticker = ticker;
    this.staleness = staleness;
    this.local = new LocalFloors(ticker);
  }

  boolean isRefused(Session session) {
    // In this order: what is proven is of before the look, and the time is that of the answer.
    Long provenAt = follower().provenAt();
    if (local.refuses(session)) {
      return true;
    }
    return !isFresh(provenAt) && source.of(session).refuse(session);
  }

  /** This node raised a floor, and need not hear of it first. */
  void raised(String name, long floor, long leftMillis) {
    local.raise(name, floor, leftMillis);
  }

  /** Whether {@code isRefused} would be answered from this process now. */
  boolean isFollowing() {
    return isFresh(follower().provenAt());
  }

  /** How many floors are in memory. */
  int held() {
    return local.size();
  }

  /** Stops following, or never begins. */
  @Override
  public void close() {
    synchronized (starting) {
      closed = true;
      FloorFollower running = follower;
      if (running != null) {
        running.close();
      }
    }
  }

  private boolean isFresh(@Nullable Long provenAt) {
    return provenAt != null && ticker.getAsLong() - provenAt <= staleness.toNanos();
  }

  private FloorFollower follower() {
    FloorFollower running = follower;
    return running == null ? started() : running;
  }

  private FloorFollower started() {
    synchronized (starting) {
      FloorFollower running = follower;
      if (running == null) {
        running = new FloorFollower(source, local, ticker, staleness);
        follower = running;
        if (!closed) {
          running.start();
        }
      }
      return running;
    }
  }
}
