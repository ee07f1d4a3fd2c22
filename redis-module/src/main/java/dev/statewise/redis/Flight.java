package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.spi.StoreUnavailableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One read that is under way, or what it brought. It is complete with the copy, or with null if
 * there is none to keep; never exceptionally, of which Caffeine would make a line in the log.
 */
final class Flight extends CompletableFuture<@Nullable Copy> {

  private final long sent;
  // Written before the completion, and read after it.
  private @Nullable StoreUnavailableException failure;

  /**
   * @param sent a tick before the read is sent
   */
  Flight(long sent) {
    this.sent = sent;
  }

  static Flight landed(Copy copy) {
    Flight landed = new Flight(copy.sent());
    landed.complete(copy);
    return landed;
  }

  long sent() {
    return sent;
  }

  void land(Optional<Session> found) {
    complete(found.map(session -> new Copy(session, sent)).orElse(null));
  }

  /** Whoever waits for this read has failed as well. */
  void fail(StoreUnavailableException failure) {
    this.failure = failure;
    complete(null);
  }

  /** Whoever waits for this read must read himself. Does nothing once it has landed. */
  void abandon() {
    complete(null);
  }

  /**
   * Waits for what another thread reads.
   *
   * @return null if nothing came that could be used by another, or not in time
   * @throws StoreUnavailableException if the read failed, or this thread was interrupted
   */
  @Nullable Copy await(long nanos) {
    Copy copy = null;
    try {
      copy = get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(
          "FIND was interrupted while it waited for another read of the session, so the session is neither confirmed nor denied. Answer 503, not 401.",
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A read completes with its failure, not by it", e);
    }
    if (copy == null && failure != null) {
      throw new StoreUnavailableException(String.valueOf(failure.getMessage()), failure);
    }
    return copy;
  }
}
