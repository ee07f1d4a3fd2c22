package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 *       begins. Beyond twice that age a verification first waits for the fetch. So a key that was
 *       removed verifies for no longer than that while the source answers.
 *   <li>A name that is not among the keys begins a fetch, at most one each {@code atMostEvery}
 *       however many such tokens come, and waits for it. If it is not among the keys that were
 *       fetched then, the token is refused.
 *   <li>While the source does not answer, the keys serve up to the age {@code staleFor}. Beyond
 *       that, and for a name that is not among them, nothing is known: {@link
 *       StoreUnavailableException}, which the front door answers as unavailable.
 * </ul>
 *
 * <p>No verification waits longer than {@code waitAtMost}. Time is the caller's {@code now}; only
 * the deadlines of a fetch are counted on the system's own clock.
 */
public final class RemoteKeySet extends IssuerKeys implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySet.class);

  /**
   * @param keys those fetched last; null if none ever were
   * @param fetchedAt when the fetch of them began
   * @param attemptedAt when the last fetch began; null if none did
   * @param failure why the last fetch failed; null if it did not, or none was
   * @param underway done when the fetch that is under way has ended; null if there is none
   */
  private record State(
      @Nullable JwkSet keys,
      Instant fetchedAt,
      @Nullable Instant attemptedAt,
      @Nullable Throwable failure,
      @Nullable CompletableFuture<Void> underway) {

    static final State EMPTY = new State(null, Instant.EPOCH, null, null, null);

    State begun(Instant now, CompletableFuture<Void> fetch) {
      return new State(keys, fetchedAt, now, failure, fetch);
    }

    State fetched(JwkSet fetched, Instant beganAt) {
      return new State(fetched, beganAt, attemptedAt, null, null);
    }

    State failed(Throwable why) {
      return new State(keys, fetchedAt, attemptedAt, why, null);
    }

    @Nullable VerifyingKey find(String kid) {
      return keys == null ? null : keys.keys().get(kid);
    }

    /** Whether there are keys, fetched less than {@code limit} ago. */
    boolean isYounger(Duration limit, Instant now) {
      return keys != null && isWithin(limit, fetchedAt, now);
    }

    boolean wasAttempted(Duration limit, Instant now) {
      return attemptedAt != null && isWithin(limit, attemptedAt, now);
    }

    /** Either way round, for a clock may be set back. */
    private static boolean isWithin(Duration limit, Instant one, Instant other) {
      return Duration.between(one, other).abs().compareTo(limit) < 0;
    }
  }

  private final URI address;
  private final Set<Algorithm> allowed;
  private final RemoteKeySetSettings settings;
  private final KeyFetch fetch;
  private final AtomicReference<State> state = new AtomicReference<>(State.EMPTY);
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
    State known = known();
    VerifyingKey key = known.find(kid);
    if (key == null || !known.isYounger(settings.refreshEvery().multipliedBy(2), now)) {
      known = awaited(begun(now));
      key = known.find(kid);
    } else if (!known.isYounger(settings.refreshEvery(), now)) {
      begun(now);
    }
    boolean serves = known.isYounger(settings.staleFor(), now);
    if (closed || !serves || (key == null && !isSettled(known))) {
      throw unavailable(known);
    }
    return key;
  }

  /** Whether a name that is not among the keys is none of the issuer's. */
  private static boolean isSettled(State known) {
    return known.failure() == null && known.underway() == null;
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

  private State known() {
    return requireNonNull(state.get());
  }

  /** What is known, with a fetch under way if there may be one now. */
  private State begun(Instant now) {
    State known = known();
    if (closed || known.underway() != null || known.wasAttempted(settings.atMostEvery(), now)) {
      return known;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    State begun = known.begun(now, done);
    if (!state.compareAndSet(known, begun)) {
      return known();
    }
    CompletableFuture<JwkSet> fetched =
        fetch.fetch().thenApply(bytes -> JwkSetReader.read(bytes, allowed));
    // Nobody waits for this one: whoever waits, waits for what it completes.
    CompletableFuture<JwkSet> unused =
        fetched
            .whenComplete((keys, failure) -> ended(keys, failure, now))
            .whenComplete((keys, failure) -> done.complete(null));
    return begun;
  }

  private State awaited(State known) {
    CompletableFuture<Void> underway = known.underway();
    if (underway != null) {
      try {
        underway.get(settings.waitAtMost().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        // What is known then, is.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return known();
  }

  private void ended(@Nullable JwkSet keys, @Nullable Throwable failure, Instant beganAt) {
    State before =
        state.getAndUpdate(
            known ->
                keys == null
                    ? known.failed(failure == null ? new IllegalStateException() : failure)
                    : known.fetched(keys, beganAt));
    if (closed) {
      return;
    }
    if (keys == null) {
      if (before.failure() == null) {
        LOG.warn(
            "The keys at {} could not be fetched; {}. Said once until they can be.",
            address,
            before.keys() == null
                ? "no token of their issuer can be verified"
                : "those of " + before.fetchedAt() + " serve for " + settings.staleFor(),
            failure);
      }
      return;
    }
    if (before.keys() == null || before.failure() != null) {
      LOG.info("The keys at {} were fetched: {}.", address, keys.keys().keySet());
    }
    if (before.keys() == null || !before.keys().findings().equals(keys.findings())) {
      keys.findings().forEach(finding -> LOG.warn("Of {}: {}", address, finding));
    }
  }

  private StoreUnavailableException unavailable(State known) {
    String why =
        closed
            ? "were closed"
            : known.failure() != null ? "could not be fetched" : "are being fetched";
    return new StoreUnavailableException(
        "The keys at %s %s, so the token is neither good nor bad. Answer 503, not 401. If this is routine, see whether this machine reaches the address."
            .formatted(address, why),
        known.failure());
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
