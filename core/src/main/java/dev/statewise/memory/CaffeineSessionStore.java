package dev.statewise.memory;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps sessions in this process, in Caffeine. They are gone when it stops, and no other process
 * sees them.
 *
 * <p>Bounded: at {@code maxSessions} expired sessions are removed first, and if that frees nothing,
 * {@code create} and {@code admit} are refused as full with {@link StoreUnavailableException}; a
 * live session is never dropped, unless {@link Builder#evictingOldest} was chosen. Threads that
 * create at the same moment may exceed the bound by their number. Expired sessions also go little
 * by little, a few with each create. No method blocks on I/O.
 */
public final class CaffeineSessionStore implements SessionStore {

  // One is enough but for threads that create or touch at the same moment.
  private static final int EVICTIONS = 16;

  private final Cache<SessionKey, Kept> cache;
  private final ConcurrentMap<SessionKey, Kept> sessions;
  private final MemorySubjectIndex index;
  private final ExpiredSessions expired;
  private final InstantSource clock;
  private final int maxSessions;
  private final StoreTraits traits;

  private CaffeineSessionStore(Builder builder) {
    clock = builder.clock;
    maxSessions = builder.maxSessions;
    cache = builder.evicting ? inOrderOfWrites(clock) : Caffeine.newBuilder().build();
    sessions = cache.asMap();
    index = new MemorySubjectIndex(sessions, clock, new Bound());
    expired = new ExpiredSessions(sessions, index);
    traits =
        StoreTraits.inProcess()
            .withMaxStateBytes(builder.maxStateBytes)
            .withMayEvictLive(builder.evicting);
  }

  /** A store with the defaults: 1,000,000 sessions of up to 1 MiB each, refusing when full. */
  public static CaffeineSessionStore create() {
    return builder().build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean create(Session session) {
    return index.create(session);
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    Kept kept = sessions.get(key);
    return kept == null ? Optional.empty() : Optional.of(kept.session());
  }

  @Override
  public ReplaceResult replace(Session next) {
    while (true) {
      Kept stored = sessions.get(next.key());
      if (stored == null) {
        return ReplaceResult.GONE;
      }
      if (stored.session().version() != next.version() - 1) {
        return ReplaceResult.CONFLICT;
      }
      Session later = Kept.seenAtLeastAt(stored.session().lastSeen(), next);
      if (sessions.replace(next.key(), stored, Kept.since(clock.millis(), later))) {
        return ReplaceResult.REPLACED;
      }
    }
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    while (true) {
      Kept stored = sessions.get(key);
      if (stored == null) {
        return false;
      }
      Kept touched = stored.seenAtLeastAt(lastSeen, clock.millis());
      if (touched.equals(stored) || sessions.replace(key, stored, touched)) {
        return true;
      }
    }
  }

  @Override
  public boolean delete(SessionKey key) {
    Kept stored = sessions.get(key);
    return stored != null && index.delete(stored.session());
  }

  @Override
  public StoreTraits traits() {
    return traits;
  }

  @Override
  public Optional<SubjectIndex> subjects() {
    return Optional.of(index);
  }

  /** Does nothing: there is nothing to give back but memory, which goes with the store. */
  @Override
  public void close() {}

  /** How many sessions there are, expired ones included that were not removed yet. */
  public long size() {
    return cache.estimatedSize();
  }

  /** Room up to {@code maxSessions}. */
  private final class Bound implements Room {

    @Override
    public void make() {
      long now = clock.millis();
      expired.removeSome(now);
      if (size() < maxSessions) {
        return;
      }
      expired.removeAll(now);
      for (int i = 0; traits.mayEvictLive() && size() >= maxSessions && i < EVICTIONS; i++) {
        oldest().forEach(index::removeUnchanged);
      }
    }

    @Override
    public void require() {
      if (!traits.mayEvictLive() && size() >= maxSessions) {
        throw new StoreUnavailableException(
            "The in-memory store holds %,d sessions, which is its bound, and none had expired when it last looked, at most a second ago; so no session was created. Raise maxSessions, shorten the idle timeout, or keep sessions in an external store."
                .formatted(maxSessions),
            null);
      }
    }
  }

  /** How many subjects the index knows. */
  int indexedSubjects() {
    return index.size();
  }

  /** The session that was written or touched longest ago. */
  private Collection<Kept> oldest() {
    return cache.policy().expireAfterWrite().orElseThrow().oldest(1).values();
  }

  /** Nothing expires in Caffeine: it is asked only which session was written first. */
  private static Cache<SessionKey, Kept> inOrderOfWrites(InstantSource clock) {
    return Caffeine.newBuilder()
        .expireAfterWrite(Duration.ofDays(36_500))
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .build();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private InstantSource clock = InstantSource.system();
    private int maxSessions = 1_000_000;
    private int maxStateBytes = 1 << 20;
    private boolean evicting;

    private Builder() {}

    /**
     * On which the time to live of a session is counted, from the moment it is written. By default
     * the system clock.
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * How many sessions there may be. By default 1,000,000.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxSessions(int maxSessions) {
      this.maxSessions = requirePositive("maxSessions", maxSessions);
      return this;
    }

    /**
     * The largest state of one session, in bytes. By default 1 MiB.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxStateBytes(int maxStateBytes) {
      this.maxStateBytes = requirePositive("maxStateBytes", maxStateBytes);
      return this;
    }

    /**
     * At the bound, drops the session that was written or touched longest ago, to the second,
     * <b>though it is alive</b>, instead of refusing a new one. Shows in the traits and guarantees.
     */
    public Builder evictingOldest() {
      this.evicting = true;
      return this;
    }

    /** The store. */
    public CaffeineSessionStore build() {
      return new CaffeineSessionStore(this);
    }

    private static int requirePositive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "%s (%d) is below 1, so nothing could be stored. Raise it.".formatted(name, value));
      }
      return value;
    }
  }
}
