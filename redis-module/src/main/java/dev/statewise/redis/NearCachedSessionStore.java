package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sessions in Redis, of which hot ones are copied into this process: a {@code find} of one is no
 * round trip.
 *
 * <p>What may be stale, and for how long: a copy is served until {@link #withStaleness} after its
 * read was sent, by this JVM's monotonic clock, and never longer, whatever becomes of the network
 * and the servers. Mostly it is much less, because the server tells of each change: a session that
 * another node ended is gone here as soon as that message came. While that telling is interrupted,
 * on either of the two connections that it takes for each master, nothing is copied and each {@code
 * find} asks Redis. What this handle itself writes or ends is never stale through it. That a
 * session is not there is never copied, and a session past its end is always read again.
 *
 * <p>Every write goes to Redis and is as atomic as there; {@code findCurrent} goes past the copy.
 * Threads that ask for one session at the same time share one read, and its failure.
 *
 * <p>The first {@code find} starts the threads that listen, named {@code statewise-near-…}; {@link
 * #close} ends them. A {@code find} ends by the deadline of the store beneath, or by as much later
 * as the staleness is if it waited in vain for what another thread read. Needs Redis 6, and a user
 * that may {@code CLIENT}, {@code SUBSCRIBE} and {@code PING} and has the channel {@code
 * __redis__:invalidate}. Safe for use by any number of threads.
 */
public final class NearCachedSessionStore implements SessionStore {

  /** How many sessions are copied unless {@link #withMaxEntries} says otherwise. */
  public static final int DEFAULT_MAX_ENTRIES = 10_000;

  /** How long a copy is served at most unless {@link #withStaleness} says otherwise. */
  public static final Duration DEFAULT_STALENESS = Duration.ofSeconds(5);

  private static final int MOST_ENTRIES = 10_000_000;
  private static final Duration SHORTEST_STALENESS = Duration.ofMillis(10);
  private static final Duration LONGEST_STALENESS = Duration.ofMinutes(1);

  private final SessionStore source;
  private final KeySpace keys;
  private final RedisConnection connection;
  private final Settings settings;
  private final Copies copies;
  private final Following following;
  private final StoreTraits traits;
  private final Optional<SubjectIndex> subjects;

  private NearCachedSessionStore(
      SessionStore source, KeySpace keys, RedisConnection connection, Settings settings) {
    this.source = source;
    this.keys = keys;
    this.connection = connection;
    this.settings = settings;
    copies =
        new Copies(source, settings.maxEntries, settings.staleness, settings.nanos, settings.clock);
    following =
        new Following(
            connection,
            keys,
            copies,
            settings.staleness,
            new Findings(RedisSessionStore.LOG::warn, settings.told, System::nanoTime));
    traits = source.traits().withStaleness(settings.staleness).withFindRoundTrips(0);
    subjects = source.subjects().map(index -> new NearSubjects(index, copies));
  }

  /**
   * Over a store that was connected by a {@link RedisConnection}. It stays the caller's to close,
   * after this.
   *
   * @throws IllegalArgumentException if the store is on a client that was handed in
   */
  public static NearCachedSessionStore over(RedisSessionStore store) {
    return over(
        store,
        requireNonNull(store, "store")
            .connection()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The store is on a client that was handed in, which does not tell how to connect to each master. Pass a RedisConnection to the same servers as well.")));
  }

  /**
   * Over a store on a client that was handed in. It stays the caller's to close, after this.
   *
   * @param connection to the same servers and the same database, to hear what changes there
   */
  public static NearCachedSessionStore over(RedisSessionStore store, RedisConnection connection) {
    return over(requireNonNull(store, "store"), store.keys(), connection);
  }

  static NearCachedSessionStore over(
      SessionStore source, KeySpace keys, RedisConnection connection) {
    return new NearCachedSessionStore(
        source, keys, requireNonNull(connection, "connection"), Settings.DEFAULT);
  }

  /**
   * One over the same store with another bound to its copies. Each is closed by itself.
   *
   * @param maxEntries how many sessions are copied at most; 1 to 10,000,000
   * @throws IllegalArgumentException if it is outside these bounds
   */
  public NearCachedSessionStore withMaxEntries(int maxEntries) {
    if (maxEntries < 1 || maxEntries > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "maxEntries (%d) is not from 1 to %d. Say how many sessions are hot at a time; the default is %d."
              .formatted(maxEntries, MOST_ENTRIES, DEFAULT_MAX_ENTRIES));
    }
    return with(
        new Settings(
            maxEntries, settings.staleness, settings.clock, settings.nanos, settings.told));
  }

  /**
   * One over the same store whose copies are served for another time. Each is closed by itself.
   *
   * @param staleness how long after an ending another node may still accept at most; 10 ms to 1 min
   * @throws IllegalArgumentException if it is outside these bounds
   */
  public NearCachedSessionStore withStaleness(Duration staleness) {
    requireNonNull(staleness, "staleness");
    if (staleness.compareTo(SHORTEST_STALENESS) < 0 || staleness.compareTo(LONGEST_STALENESS) > 0) {
      throw new IllegalArgumentException(
          "staleness (%s) is not from 10 ms to 1 min: below that a copy is hardly ever used, and above it a logout would be late. Choose how long an ended session may be accepted when the network fails."
              .formatted(staleness));
    }
    return with(
        new Settings(
            settings.maxEntries, staleness, settings.clock, settings.nanos, settings.told));
  }

  /**
   * One over the same store that judges a session's end by another clock: that of the front door.
   * By default the system clock.
   */
  public NearCachedSessionStore withClock(InstantSource clock) {
    return with(
        new Settings(
            settings.maxEntries,
            settings.staleness,
            requireNonNull(clock, "clock"),
            settings.nanos,
            settings.told));
  }

  /**
   * One over the same store that tells when changes are not heard of any more, and when they are
   * again. Both are logged too, at most one line a second. Pass {@code listener::finding} of the
   * {@code SessionListener} that the front door has.
   *
   * @param told is called on a thread of this store; an exception in it changes nothing
   */
  public NearCachedSessionStore withFindings(Consumer<String> told) {
    return with(
        new Settings(
            settings.maxEntries,
            settings.staleness,
            settings.clock,
            settings.nanos,
            requireNonNull(told, "told")));
  }

  /** The same by another monotonic clock, in nanoseconds. */
  NearCachedSessionStore withTicker(LongSupplier nanos) {
    return with(
        new Settings(
            settings.maxEntries, settings.staleness, settings.clock, nanos, settings.told));
  }

  /**
   * Whether copies are served now: the first {@code find} was made, and changes are heard of from
   * every master. If not, each {@code find} is a round trip.
   */
  public boolean servesCopies() {
    return copies.areServed();
  }

  @Override
  public boolean create(Session session) {
    try {
      return source.create(session);
    } finally {
      copies.drop(session.key());
    }
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    if (copies.areServed()) {
      return copies.find(key);
    }
    following.start();
    return source.find(key);
  }

  @Override
  public Optional<Session> findCurrent(SessionKey key) {
    Optional<Session> current = source.findCurrent(key);
    copies.compare(key, current);
    return current;
  }

  @Override
  public ReplaceResult replace(Session next) {
    try {
      return source.replace(next);
    } finally {
      copies.drop(next.key());
    }
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    boolean there = false;
    try {
      there = source.touch(key, lastSeen);
    } finally {
      if (!there) {
        copies.drop(key);
      }
    }
    if (there) {
      copies.touched(key, lastSeen);
    }
    return there;
  }

  @Override
  public boolean delete(SessionKey key) {
    copies.drop(key);
    try {
      return source.delete(key);
    } finally {
      copies.drop(key);
    }
  }

  /** As those of the store beneath, but stale, and without a round trip where there is a copy. */
  @Override
  public StoreTraits traits() {
    return traits;
  }

  @Override
  public Optional<SubjectIndex> subjects() {
    return subjects;
  }

  /** Ends what listens. Not the store beneath, which answers every {@code find} from then on. */
  @Override
  public void close() {
    following.close();
  }

  Copies copies() {
    return copies;
  }

  private NearCachedSessionStore with(Settings changed) {
    return new NearCachedSessionStore(source, keys, connection, changed);
  }

  private record Settings(
      int maxEntries,
      Duration staleness,
      InstantSource clock,
      LongSupplier nanos,
      Consumer<String> told) {

    static final Settings DEFAULT =
        new Settings(
            DEFAULT_MAX_ENTRIES,
            DEFAULT_STALENESS,
            InstantSource.system(),
            System::nanoTime,
            finding -> {});
  }
}
