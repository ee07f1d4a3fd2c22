package dev.statewise.redis;

import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The floors of a replicated list: followed into this node's memory, and while that may be further
 * behind than the staleness, asked of Redis. Following begins with the first question.
 */
final class ReplicatedFloors implements AutoCloseable {

  private final RedisCalls calls;
  private final ListSettings settings;
  private final Duration staleness;
  private final Generation generation;
  private final FloorSource source;
  private final LocalFloors local = new LocalFloors();
  private final LogReader reader;
  private final Object starting = new Object();
  private volatile @Nullable RefusalFollower follower;
  private boolean closed;

  ReplicatedFloors(
      RedisCalls calls,
      ListSettings settings,
      Duration staleness,
      Generation generation,
      FloorSource source) {
    this.calls = calls;
    this.settings = settings;
    this.staleness = staleness;
    this.generation = generation;
    this.source = source;
    reader = new LogReader(calls, settings, generation, local);
  }

  boolean isRefused(Session session) {
    // In this order: what is proven is of before the look, and the time is that of the answer.
    Long provenAt = follower().provenAt();
    if (isRefusedByMemory(session)) {
      return true;
    }
    return !isFresh(provenAt) && isRefusedAtTheSource(session);
  }

  Instant floor(String subject) {
    if (!calls.isOfCluster()) {
      return source.floor(subject);
    }
    catchUp("FLOOR");
    return Instant.ofEpochMilli(Math.max(local.createdFloor(subject), generation.since()));
  }

  /** This node raised a floor, and need not hear of it first. */
  void raised(FloorName name, long floor, Instant until) {
    local.raise(name.text(), floor, Millis.ceiling(until));
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
      RefusalFollower running = follower;
      if (running != null) {
        running.close();
      }
    }
  }

  private boolean isRefusedByMemory(Session session) {
    return local.refuses(session) || session.createdAt().toEpochMilli() < generation.since();
  }

  private boolean isRefusedAtTheSource(Session session) {
    if (!calls.isOfCluster()) {
      return source.isRefused(session);
    }
    catchUp("IS REFUSED");
    return isRefusedByMemory(session);
  }

  private void catchUp(String verb) {
    calls.together(
        () -> {
          source.requireNoEviction(verb);
          return reader.catchUp(verb, follower().cursor());
        });
  }

  private boolean isFresh(@Nullable Long provenAt) {
    return provenAt != null && settings.ticker().getAsLong() - provenAt <= staleness.toNanos();
  }

  private RefusalFollower follower() {
    RefusalFollower running = follower;
    return running == null ? started() : running;
  }

  private RefusalFollower started() {
    synchronized (starting) {
      RefusalFollower running = follower;
      if (running == null) {
        RedisConnection connection = calls.connection().orElseThrow();
        running = new RefusalFollower(connection, staleness, settings, generation, local, source);
        follower = running;
        if (!closed) {
          running.start();
        }
      }
      return running;
    }
  }
}
