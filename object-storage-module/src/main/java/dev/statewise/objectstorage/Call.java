package dev.statewise.objectstorage;

import dev.statewise.objectstorage.S3Api.Written;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** One verb: some requests that end by one deadline, and what it means if they are not answered. */
final class Call {

  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int AT_ONCE = 8;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final String UNKNOWN =
      "so the session is neither confirmed nor denied. Answer 503, not 401.";

  private final String verb;
  private final String endpoint;
  private final long begun = System.nanoTime();
  private final long ends;
  private int overtakings;

  Call(String verb, String endpoint, Duration deadline) {
    this.verb = verb;
    this.endpoint = endpoint;
    this.ends = begun + deadline.toNanos();
  }

  /**
   * Asks once.
   *
   * @param request is given the rest of the time, in which the SDK may send again
   * @param meant what an answer means that is no success; empty if it is an outage
   * @throws StoreUnavailableException if it is, or no answer came in time, or the thread is
   *     interrupted
   */
  <T> T ask(
      Function<AwsRequestOverrideConfiguration, T> request,
      Function<AwsServiceException, Optional<T>> meant) {
    AwsRequestOverrideConfiguration rest =
        AwsRequestOverrideConfiguration.builder().apiCallTimeout(left()).build();
    InterruptWatch watch = InterruptWatch.begun();
    try {
      return request.apply(rest);
    } catch (AwsServiceException e) {
      return meant.apply(e).orElseThrow(() -> refused(e));
    } catch (AbortedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (SdkException e) {
      throw isOfTimeOrNetwork(e) ? noAnswer(e) : notSent(e);
    } catch (IllegalStateException | RejectedExecutionException e) {
      throw closed(e);
    } finally {
      if (watch.end()) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for a moment before it is judged and written anew: if another write is under way right
   * now, and if this one has been overtaken so often that more haste would not help.
   */
  void again(Written overtaken) {
    overtakings++;
    if (overtaken == Written.AGAIN || overtakings > AT_ONCE) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
    }
  }

  StoreUnavailableException newer(String name) {
    return new StoreUnavailableException(
        "%s on %s found the object %s in a format that only a newer version knows, %s It is left as it is. Update this node; a retry may reach a newer one."
            .formatted(verb, endpoint, name, UNKNOWN),
        null);
  }

  StoreUnavailableException untagged(String name) {
    return new StoreUnavailableException(
        "%s on %s found the object %s without an entity tag, so it cannot be written over without undoing what others write, %s Look for a proxy or a setting that takes entity tags away."
            .formatted(verb, endpoint, name, UNKNOWN),
        null);
  }

  private Duration left() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(null);
    }
    long left = ends - System.nanoTime();
    if (left <= 0) {
      throw noAnswer(null);
    }
    return Duration.ofNanos(left);
  }

  private StoreUnavailableException noAnswer(@Nullable Throwable seen) {
    if (seen != null && isOfNoConnection(seen)) {
      // Not "was not sent": the SDK may have sent it before, and lost that connection.
      return new StoreUnavailableException(
          "%s on %s got no answer: no connection could be made, %s Start the server, or mend the endpoint, its port or the region."
              .formatted(verb, endpoint, UNKNOWN),
          SeenException.of(seen));
    }
    Duration waited = Duration.ofNanos(System.nanoTime() - begun);
    return new StoreUnavailableException(
        verb, endpoint, waited, seen == null ? null : SeenException.of(seen));
  }

  private StoreUnavailableException notSent(SdkException seen) {
    return new StoreUnavailableException(
        "%s on %s could not be sent, or its answer not be read, by the SDK, %s Look whether the client has credentials, a region and the right endpoint."
            .formatted(verb, endpoint, UNKNOWN),
        SeenException.of(seen));
  }

  /** So the SDK answers whom it sends nothing for any more. */
  private StoreUnavailableException closed(RuntimeException seen) {
    return new StoreUnavailableException(
        "%s on %s could not be sent, %s Look whether the client is closed: close it after the last request."
            .formatted(verb, endpoint, UNKNOWN),
        SeenException.of(seen));
  }

  private static boolean isOfNoConnection(Throwable seen) {
    for (Throwable cause = seen; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfTimeOrNetwork(SdkException seen) {
    for (Throwable cause = seen; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof ApiCallTimeoutException
          || cause instanceof ApiCallAttemptTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private StoreUnavailableException interrupted(@Nullable Throwable seen) {
    return new StoreUnavailableException(
        "%s on %s was interrupted, %s The thread's interrupt flag is set."
            .formatted(verb, endpoint, UNKNOWN),
        seen == null ? null : SeenException.of(seen));
  }

  private StoreUnavailableException refused(AwsServiceException answer) {
    return new StoreUnavailableException(
        "%s on %s was answered with %d %s, %s %s"
            .formatted(
                verb,
                endpoint,
                answer.statusCode(),
                SeenException.code(answer),
                UNKNOWN,
                remedy(answer)),
        SeenException.of(answer));
  }

  private static String remedy(AwsServiceException answer) {
    int status = answer.statusCode();
    if (S3Api.isNoBucket(answer)) {
      return "There is no such bucket there: make it, or mend its name, the region or the endpoint.";
    }
    if (status == FORBIDDEN) {
      return "Allow s3:GetObject, s3:PutObject and s3:DeleteObject on the objects and s3:ListBucket on the bucket, without which S3 answers so where an object is absent; and look at the credentials and the clock.";
    }
    if (status >= SERVER_ERROR || answer.isThrottlingException()) {
      return "The server is overloaded or ill; if this is routine, ask less of it or ask your provider.";
    }
    return "Look at region and endpoint of the client, and whether the server knows conditional writes: ObjectDoctor tells.";
  }
}
