package dev.statewise.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the keys at an address.
 *
 * @param keys those fetched last; null if none ever were
 * @param fetchedAt when the fetch of them began
 * @param attemptedAt when the last fetch began; null if none did
 * @param failure of the last fetch that has ended; null if it did not fail, or none was
 * @param underway the fetch that is under way; null if there is none
 */
record KnownKeys(
    @Nullable JwkSet keys,
    Instant fetchedAt,
    @Nullable Instant attemptedAt,
    @Nullable Failure failure,
    @Nullable Fetching underway) {

  static final KnownKeys NOTHING = new KnownKeys(null, Instant.EPOCH, null, null, null);

  /**
   * @param beganAt when the fetch began that failed
   */
  record Failure(Throwable cause, Instant beganAt) {}

  /**
   * A fetch.
   *
   * @param done when it has ended, well or not
   * @param beganNanos on the system's own clock
   */
  record Fetching(CompletableFuture<Void> done, long beganNanos) {

    static Fetching begun() {
      return new Fetching(new CompletableFuture<>(), System.nanoTime());
    }

    /** Waits for its end, and not beyond {@code limit} after its beginning. */
    void await(Duration limit) {
      try {
        done.get(limit.toNanos() - (System.nanoTime() - beganNanos), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        // What is known then, is.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  KnownKeys begun(Instant now, Fetching fetch) {
    return new KnownKeys(keys, fetchedAt, now, failure, fetch);
  }

  KnownKeys fetched(JwkSet fetched, Instant beganAt) {
    return new KnownKeys(fetched, beganAt, attemptedAt, null, null);
  }

  KnownKeys failed(Throwable cause, Instant beganAt) {
    return new KnownKeys(keys, fetchedAt, attemptedAt, new Failure(cause, beganAt), null);
  }

  @Nullable VerifyingKey find(String kid) {
    return keys == null ? null : keys.keys().get(kid);
  }

  Set<String> names() {
    return keys == null ? Set.of() : keys.keys().keySet();
  }

  /** Whether there are keys, fetched less than {@code limit} ago. */
  boolean isYounger(Duration limit, Instant now) {
    return keys != null && isWithin(limit, fetchedAt, now);
  }

  boolean wasAttempted(Duration limit, Instant now) {
    return attemptedAt != null && isWithin(limit, attemptedAt, now);
  }

  /** Whether the last fetch that has ended failed, and began less than {@code limit} ago. */
  boolean hasFailed(Duration limit, Instant now) {
    return failure != null && isWithin(limit, failure.beganAt(), now);
  }

  /** Whether a name that is not among the keys is none of the issuer's. */
  boolean isSettled() {
    return failure == null && underway == null;
  }

  @Nullable Throwable cause() {
    return failure == null ? null : failure.cause();
  }

  /** Either way round, for a clock may be set back. */
  private static boolean isWithin(Duration limit, Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(limit) < 0;
  }
}
