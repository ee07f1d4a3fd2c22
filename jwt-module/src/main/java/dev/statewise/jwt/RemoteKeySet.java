package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.jwt.KnownKeys.Fetching;
import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes as a JWK Set (RFC 7517) at an address, fetched when a token
 * needs them and again at an interval.
 *
 * <pre>{@code
 * RemoteKeySet keys =
 *     RemoteKeySet.at(URI.create("https://login.example/realms/shop/certs"), Algorithm.RS256).open();
 * }</pre>
 *
 * <p>One fetch is under way at a time, on a thread of its own, and no lock is held meanwhile. What
 * a verification does:
 *
 * <ul>
 *   <li>Keys younger than {@code refreshEvery} serve as they are. Older ones serve, and a fetch
 *       begins. Beyond twice that age a verification first waits for the fetch, unless one that
 *       began less than {@code refreshEvery} ago failed. So a key that was removed verifies for no
 *       longer than that while the source answers, and does so within {@code waitAtMost}.
 *   <li>A name that is not among the keys begins a fetch, at most one each {@code atMostEvery}
 *       however many such tokens come, and waits for it. If it is not among the keys that were
 *       fetched then, the token is refused. While others are served, no more than 16 threads wait
 *       like that. For the rest nothing is known of the name yet: it is the outage below, at once,
 *       and no refusal, for the token may be a good one of a key that is new.
 *   <li>While the source does not answer, the keys serve up to the age {@code staleFor}, and nobody
 *       waits for that. Beyond that age, and for a name that is not among them, nothing is known:
 *       {@link StoreUnavailableException}, which the front door answers as unavailable.
 *   <li>A set without a key that is usable here is no answer. Each change of the names is logged at
 *       the level INFO.
 * </ul>
 *
 * <p>No verification waits longer than {@code waitAtMost}, nor for a fetch that has been under way
 * for so long. Time is the caller's {@code now}; only the deadlines of a fetch are counted on the
 * system's own clock.
 */
public final class RemoteKeySet extends IssuerKeys implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySet.class);

  /** How many threads wait for a name that is not among keys which serve others meanwhile. */
  private static final int MOST_WAITING = 16;

  private final URI address;
  private final Set<Algorithm> allowed;
  private final RemoteKeySetSettings settings;
  private final KeyFetch fetch;
  private final AtomicReference<KnownKeys> state = new AtomicReference<>(KnownKeys.NOTHING);
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private volatile boolean closed;

  private RemoteKeySet(Builder builder) {
    this.address = builder.address;
    this.allowed = builder.allowed;
    this.settings = builder.settings();
    this.fetch = new KeyFetch(address, builder.client, settings);
  }

  /**
   * The keys at an address.
   *
   * @param address of the scheme https; http only to this machine itself. Its host is the one that
   *     is trusted to say who may log in
   * @param first an algorithm that its keys may have; those of other algorithms are left out
   * @throws IllegalArgumentException if the address is not like that, or an algorithm is an HMAC
   */
  public static Builder at(URI address, Algorithm first, Algorithm... more) {
    return new Builder(KeyFetch.checked(address), algorithms(first, more));
  }

  @Override
  @Nullable VerifyingKey find(String kid, Instant now) {
    KnownKeys known = known();
    VerifyingKey key = known.find(kid);
    if (key == null || !known.isYounger(settings.refreshEvery(), now)) {
      KnownKeys begun = begun(now);
      if (key == null || !servesUnasked(known, now)) {
        known = awaited(begun, key == null && begun.isYounger(settings.staleFor(), now));
        key = known.find(kid);
      }
    }
    boolean serves = known.isYounger(settings.staleFor(), now);
    if (closed || !serves || (key == null && !known.isSettled())) {
      throw unavailable(known);
    }
    return key;
  }

  /** A source that failed just now would be waited for in vain, by every token of a known key. */
  private boolean servesUnasked(KnownKeys known, Instant now) {
    return known.isYounger(settings.refreshEvery().multipliedBy(2), now)
        || (known.hasFailed(settings.refreshEvery(), now)
            && known.isYounger(settings.staleFor(), now));
  }

  @Override
  boolean allows(String alg) {
    return allowed.stream().anyMatch(one -> one.alg().equals(alg));
  }

  /**
   * Ends a fetch that is under way and gives back what was opened; not a client that was handed in.
   * No token is verified from then on. Closing twice is harmless.
   */
  @Override
  public void close() {
    closed = true;
    fetch.close();
  }

  /** The address and the algorithms; no key material. */
  @Override
  public String toString() {
    return "RemoteKeySet[%s, %s]".formatted(address, allowed);
  }

  private KnownKeys known() {
    return requireNonNull(state.get());
  }

  /** What is known, with a fetch under way if there may be one now. */
  private KnownKeys begun(Instant now) {
    KnownKeys known = known();
    if (closed || known.underway() != null || known.wasAttempted(settings.atMostEvery(), now)) {
      return known;
    }
    Fetching fetching = Fetching.begun();
    KnownKeys begun = known.begun(now, fetching);
    if (!state.compareAndSet(known, begun)) {
      return known();
    }
    try {
      // Nobody waits for this one: whoever waits, waits for what it completes.
      CompletableFuture<JwkSet> unused =
          fetch
              .fetch()
              .thenApply(this::usable)
              .whenComplete((keys, failure) -> ended(keys, failure, now))
              .whenComplete((keys, failure) -> fetching.done().complete(null));
    } catch (Throwable e) {
      // An Error too, as of a machine that has no thread left: this was a fetch that failed, and
      // if its end were not noted no other could ever begin.
      ended(null, e, now);
      fetching.done().complete(null);
    }
    return begun;
  }

  /**
   * @throws IllegalArgumentException if no token could be verified with it: somebody's mistake,
   *     which must not take the place of keys that are good
   */
  private JwkSet usable(byte[] bytes) {
    JwkSet set = JwkSetReader.read(bytes, allowed);
    if (set.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "The JWK Set has no key for %s, so no token could be verified with it. Have the issuer look at it, or allow the algorithms that its keys are for. Found: %s"
              .formatted(allowed, set.findings()));
    }
    return set;
  }

  private KnownKeys awaited(KnownKeys known, boolean othersAreServed) {
    Fetching underway = known.underway();
    if (underway == null) {
      return known();
    }
    if (!othersAreServed) {
      underway.await(settings.waitAtMost());
    } else if (waiting.tryAcquire()) {
      try {
        underway.await(settings.waitAtMost());
      } finally {
        waiting.release();
      }
    }
    return known();
  }

  private void ended(@Nullable JwkSet keys, @Nullable Throwable failure, Instant beganAt) {
    KnownKeys before =
        state.getAndUpdate(
            known ->
                keys == null
                    ? known.failed(failure == null ? new IllegalStateException() : failure, beganAt)
                    : known.fetched(keys, beganAt));
    if (closed) {
      return;
    }
    if (keys == null) {
      logFailed(before, failure);
    } else {
      logFetched(before, keys);
    }
  }

  private void logFailed(KnownKeys before, @Nullable Throwable failure) {
    if (before.failure() == null) {
      LOG.warn(
          "The keys at {} could not be fetched; {}. Said once until they can be.",
          address,
          before.keys() == null
              ? "no token of their issuer can be verified"
              : "those of " + before.fetchedAt() + " serve for " + settings.staleFor(),
          failure);
    }
  }

  private void logFetched(KnownKeys before, JwkSet keys) {
    Set<String> names = keys.keys().keySet();
    if (before.failure() != null || !before.names().equals(names)) {
      LOG.info(
          "The keys at {} were fetched: {}; before they were {}.", address, names, before.names());
    }
    if (before.keys() == null || !before.keys().findings().equals(keys.findings())) {
      keys.findings().forEach(finding -> LOG.warn("Of {}: {}", address, finding));
    }
  }

  private StoreUnavailableException unavailable(KnownKeys known) {
    String why =
        closed
            ? "were closed"
            : known.failure() != null ? "could not be fetched" : "are being fetched";
    return new StoreUnavailableException(
        "The keys at %s %s, so the token is neither good nor bad. Answer 503, not 401. If this is routine, see whether this machine reaches the address."
            .formatted(address, why),
        known.cause());
  }

  /** Collects settings; what is wrong with them is said by {@link #open}. Not thread-safe. */
  public static final class Builder {
    private final URI address;
    private final Set<Algorithm> allowed;
    private Duration refreshEvery = Duration.ofMinutes(5);
    private Duration atMostEvery = Duration.ofSeconds(10);
    private Duration staleFor = Duration.ofHours(1);
    private Duration fetchWithin = Duration.ofSeconds(2);
    private Duration waitAtMost = Duration.ofSeconds(1);
    private int maxBytes = 1 << 18;
    private @Nullable HttpClient client;

    private Builder(URI address, Set<Algorithm> allowed) {
      this.address = address;
      this.allowed = allowed;
    }

    /** From this age on keys are fetched again. By default 5 minutes; 1 second to 24 hours. */
    public Builder refreshEvery(Duration refreshEvery) {
      this.refreshEvery = requireNonNull(refreshEvery, "refreshEvery");
      return this;
    }

    /**
     * How long after the beginning of a fetch the next one may begin, whatever tokens come. By
     * default 10 seconds; 1 second to {@code refreshEvery}. For so long tokens of a key that is new
     * may be refused.
     */
    public Builder atMostEvery(Duration atMostEvery) {
      this.atMostEvery = requireNonNull(atMostEvery, "atMostEvery");
      return this;
    }

    /**
     * To what age keys serve while the source does not answer. By default 1 hour; from twice {@code
     * refreshEvery} to 7 days. For so long a key that was removed may verify then.
     */
    public Builder staleFor(Duration staleFor) {
      this.staleFor = requireNonNull(staleFor, "staleFor");
      return this;
    }

    /** What one fetch may take, to its last byte. By default 2 seconds; 10 ms to 30 seconds. */
    public Builder fetchWithin(Duration fetchWithin) {
      this.fetchWithin = requireNonNull(fetchWithin, "fetchWithin");
      return this;
    }

    /**
     * What a verification that cannot be answered without a fetch waits for it. By default 1
     * second; zero, for never, to 10 seconds.
     */
    public Builder waitAtMost(Duration waitAtMost) {
      this.waitAtMost = requireNonNull(waitAtMost, "waitAtMost");
      return this;
    }

    /** How long the set may be. By default 262,144 bytes; 1,024 to 1,048,576. */
    public Builder maxBytes(int maxBytes) {
      this.maxBytes = maxBytes;
      return this;
    }

    /**
     * Fetches with a client of the caller's, who closes it: for a proxy, or a certificate authority
     * of one's own. It must not follow redirects.
     */
    public Builder client(HttpClient client) {
      this.client = requireNonNull(client, "client");
      return this;
    }

    /**
     * The key set. Nothing is fetched before a token needs it.
     *
     * @throws IllegalArgumentException if a setting is outside its bounds, or the client follows
     *     redirects
     */
    public RemoteKeySet open() {
      return new RemoteKeySet(this);
    }

    private RemoteKeySetSettings settings() {
      return new RemoteKeySetSettings(
          refreshEvery, atMostEvery, staleFor, fetchWithin, waitAtMost, maxBytes);
    }
  }
}
