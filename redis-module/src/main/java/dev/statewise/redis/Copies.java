package dev.statewise.redis;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sessions, none served later than its staleness after the read was sent.
 *
 * <p>A read is registered before it is sent, and what it brings is kept in that registration. So to
 * drop a key is to make a read that is under way useless to whoever asks later: an ended session is
 * never put back by a read that had seen it before. The same registration lets many threads share
 * one read.
 *
 * <p>Nothing is served until {@link #serve} and after {@link #bypass}. No lock is held over a read.
 */
final class Copies {

  private final SessionStore source;
  private final ConcurrentMap<SessionKey, CompletableFuture<@Nullable Copy>> copies;
  private final long staleness;
  private final LongSupplier nanos;
  private final InstantSource clock;
  private volatile boolean served;

  Copies(
      SessionStore source,
      int maxEntries,
      Duration staleness,
      LongSupplier nanos,
      InstantSource clock) {
    this.source = source;
    this.staleness = staleness.toNanos();
    this.nanos = nanos;
    this.clock = clock;
    AsyncCache<SessionKey, @Nullable Copy> cache =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            // On the thread that writes: no thread of a pool is needed, and the bound is kept.
            .executor(Runnable::run)
            .buildAsync();
    copies = cache.asMap();
  }

  /** Whether changes are heard of, so that copies may be served. */
  boolean areServed() {
    return served;
  }

  /** From now on changes are heard of. What was read before is of no use. */
  void serve() {
    dropAll();
    served = true;
  }

  /** From now on changes may be missed. */
  void bypass() {
    served = false;
    dropAll();
  }

  /** The copy, or what is read now; call this only if {@link #areServed}. */
  Optional<Session> find(SessionKey key) {
    CompletableFuture<@Nullable Copy> there = copies.get(key);
    if (there == null) {
      return read(key);
    }
    // Asked first: a read that lands in between is as good as it looks below, or to be joined.
    boolean landed = there.isDone();
    Copy copy = there.getNow(null);
    if (copy != null && isGood(copy)) {
      return copy.found();
    }
    if (landed) {
      copies.remove(key, there);
    }
    return read(key);
  }

  /** What the source said past the copy: the copy goes if it is older. */
  void compare(SessionKey key, Optional<Session> current) {
    CompletableFuture<@Nullable Copy> there = copies.get(key);
    if (there == null) {
      return;
    }
    Copy copy = there.getNow(null);
    if (copy != null && current.map(Session::version).orElse(Long.MAX_VALUE) > copy.version()) {
      copies.remove(key, there);
    }
  }

  /** The session was touched. The copy, if it is still there, says so too and is no younger. */
  void touched(SessionKey key, Instant lastSeen) {
    CompletableFuture<@Nullable Copy> there = copies.get(key);
    if (there == null) {
      return;
    }
    Copy copy = there.getNow(null);
    if (copy == null) {
      // A read that is under way may have come before the touch.
      copies.remove(key, there);
      return;
    }
    Copy seen = copy.seenAtLeastAt(lastSeen);
    if (seen != copy && !copies.replace(key, there, Flight.landed(seen))) {
      copies.remove(key);
    }
  }

  void drop(SessionKey key) {
    copies.remove(key);
  }

  /** Drops the sessions of {@code subject}, and every read of which it is not known yet whose. */
  void dropSubject(String subject) {
    for (Map.Entry<SessionKey, CompletableFuture<@Nullable Copy>> entry : copies.entrySet()) {
      Copy copy = entry.getValue().getNow(null);
      if (copy == null || copy.subject().equals(subject)) {
        copies.remove(entry.getKey());
      }
    }
  }

  void dropAll() {
    copies.clear();
  }

  /** How many there are, reads that are under way included. */
  int size() {
    return copies.size();
  }

  boolean has(SessionKey key) {
    return copies.containsKey(key);
  }

  /** How many threads wait for what others read. */
  int waiting() {
    return copies.values().stream()
        .filter(read -> !read.isDone())
        // One of those is Caffeine.
        .mapToInt(read -> read.getNumberOfDependents() - 1)
        .sum();
  }

  private Optional<Session> read(SessionKey key) {
    Flight mine = new Flight(nanos.getAsLong());
    CompletableFuture<@Nullable Copy> other = copies.putIfAbsent(key, mine);
    return other == null ? lead(key, mine) : join(key, (Flight) other);
  }

  private Optional<Session> lead(SessionKey key, Flight mine) {
    try {
      Optional<Session> found = source.find(key);
      mine.land(found);
      return found;
    } catch (StoreUnavailableException e) {
      // That this thread was interrupted is nobody else's failure.
      if (!Thread.currentThread().isInterrupted()) {
        mine.fail(e);
      }
      throw e;
    } finally {
      mine.abandon();
    }
  }

  /**
   * What another thread reads; or what this one reads, if that cannot be used. That there was no
   * session cannot be: it may have been created after that read and before this call.
   */
  private Optional<Session> join(SessionKey key, Flight other) {
    Copy copy = other.await(staleness - (nanos.getAsLong() - other.sent()));
    return copy != null && isGood(copy) ? copy.found() : source.find(key);
  }

  private boolean isGood(Copy copy) {
    return copy.age(nanos.getAsLong()) < staleness && !copy.isPastEnd(clock.millis());
  }
}
