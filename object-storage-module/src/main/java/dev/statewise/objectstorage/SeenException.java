package dev.statewise.objectstorage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What was seen when S3 gave no answer, as it may be told: the classes and the stack traces, and of
 * an answer its status, its code and the number of the request. The words of a server may repeat
 * what was sent to it.
 */
final class SeenException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_CHAIN = 8;

  private SeenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static Throwable of(Throwable seen) {
    return of(seen, LONGEST_CHAIN);
  }

  private static Throwable of(Throwable seen, int chain) {
    if (seen instanceof IOException || seen instanceof SeenException) {
      return seen;
    }
    Throwable cause = seen.getCause();
    SeenException told =
        new SeenException(text(seen), cause == null || chain == 0 ? null : of(cause, chain - 1));
    told.setStackTrace(seen.getStackTrace());
    return told;
  }

  /** The code of an answer, for example {@code SlowDown}; empty if there is none. */
  static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code != null && code.matches("[A-Za-z0-9]{1,60}") ? code : "";
  }

  private static String text(Throwable seen) {
    String name = seen.getClass().getName();
    if (seen instanceof AwsServiceException answer) {
      String request = answer.requestId();
      return "%s: %d %s, request %s"
          .formatted(
              name,
              answer.statusCode(),
              code(answer),
              request != null && request.matches("[A-Za-z0-9-]{1,60}") ? request : "unknown");
    }
    return name;
  }
}
