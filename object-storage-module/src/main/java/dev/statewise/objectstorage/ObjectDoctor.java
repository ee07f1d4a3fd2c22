package dev.statewise.objectstorage;

import static java.util.Objects.requireNonNull;

import dev.statewise.objectstorage.ObjectFinding.Code;
import dev.statewise.objectstorage.Trial.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/**
 * Looks at a bucket for what would make a promise of a store on it false, and tells what mends it:
 * it tries the conditions of a write, and races them, because a server that checks first and writes
 * then answers right to one client at a time.
 *
 * <p>For the start of a project, a new provider and operators; on no request's path. It writes and
 * deletes objects below the prefix, whose names no session has, and leaves none behind unless it is
 * cut off. With 8 writers it makes about 30 requests a round.
 *
 * <p>What could not be seen is a finding of its own. That races found nothing proves nothing.
 */
public final class ObjectDoctor {

  private ObjectDoctor() {}

  /**
   * How to look.
   *
   * @param prefix as given to {@link ObjectSessionStore#over}
   * @param longestIdle the longest idle timeout of any session; 1 s to 36,500 days
   * @param writers how many write at once; 2 to 64. The client needs as many connections
   * @param rounds of each race; 1 to 10,000
   * @param within how long the races may take; 100 ms to 1 hour
   */
  public record Scope(
      String prefix, Duration longestIdle, int writers, int rounds, Duration within) {

    /**
     * @throws IllegalArgumentException if a value is outside its bounds
     */
    public Scope {
      prefix = new ObjectNames(prefix).prefix();
      requireBetween("longestIdle", longestIdle, Duration.ofSeconds(1), Duration.ofDays(36_500));
      requireBetween("writers", writers, 2, 64);
      requireBetween("rounds", rounds, 1, 10_000);
      requireBetween("within", within, Duration.ofMillis(100), Duration.ofHours(1));
    }

    /**
     * Prefix {@code statewise/}, a longest idle timeout of a day, 8 writers, 100 rounds, a minute.
     */
    public static Scope standard() {
      return new Scope(
          ObjectNames.DEFAULT.prefix(), Duration.ofDays(1), 8, 100, Duration.ofMinutes(1));
    }

    /** See {@link #prefix}. */
    public Scope withPrefix(String prefix) {
      return new Scope(prefix, longestIdle, writers, rounds, within);
    }

    /** See {@link #longestIdle}. */
    public Scope withLongestIdle(Duration longestIdle) {
      return new Scope(prefix, longestIdle, writers, rounds, within);
    }

    /** See {@link #writers}. */
    public Scope withWriters(int writers) {
      return new Scope(prefix, longestIdle, writers, rounds, within);
    }

    /** See {@link #rounds}. */
    public Scope withRounds(int rounds) {
      return new Scope(prefix, longestIdle, writers, rounds, within);
    }

    /** See {@link #within}. */
    public Scope within(Duration within) {
      return new Scope(prefix, longestIdle, writers, rounds, within);
    }

    private static <T extends Comparable<T>> void requireBetween(
        String name, T value, T least, T most) {
      if (requireNonNull(value, name).compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "%s (%s) is not from %s to %s. ObjectDoctor.Scope.standard() has one that does."
                .formatted(name, value, least, most));
      }
    }
  }

  /** In the {@link Scope#standard} scope; else as {@link #examine(S3Client, String, Scope)}. */
  public static ObjectExamination examine(S3Client client, String bucket) {
    return examine(client, bucket, Scope.standard());
  }

  /**
   * On a client that the caller owns, with at least as many connections as there are writers.
   *
   * @throws dev.statewise.spi.StoreUnavailableException if the bucket gives no answer, or does not
   *     let this client in
   */
  public static ObjectExamination examine(S3Client client, String bucket, Scope scope) {
    S3Api api = new S3Api(client, bucket);
    ObjectNames names = new ObjectNames(requireNonNull(scope, "scope").prefix());
    List<ObjectFinding> findings = new ArrayList<>();
    Trial trial = Trial.of(api, names, ObjectSessionStore.DEFAULT_DEADLINE);
    for (Condition condition : trial.broken()) {
      findings.add(found(api, code(condition), condition.seen() + "."));
    }
    if (trial.broken().isEmpty()) {
      findings.addAll(WriteRaces.run(api, names, scope));
    }
    findings.add(lifecycle(api, scope));
    versioning(api).ifPresent(findings::add);
    return new ObjectExamination(findings);
  }

  private static Code code(Condition broken) {
    return switch (broken) {
      case IF_MATCH_WHERE_NOTHING_IS -> Code.IF_MATCH_CREATES;
      case IF_NONE_MATCH -> Code.IF_NONE_MATCH_IGNORED;
      case IF_MATCH -> Code.IF_MATCH_IGNORED;
    };
  }

  private static Optional<ObjectFinding> versioning(S3Api api) {
    Optional<BucketVersioningStatus> status = api.versioning(begin(api));
    if (status.isEmpty()) {
      return Optional.of(found(api, Code.VERSIONING_UNSEEN, "GetBucketVersioning is refused."));
    }
    return switch (status.get()) {
      case ENABLED -> Optional.of(found(api, Code.KEEPS_VERSIONS, "Versioning is enabled."));
      case SUSPENDED ->
          Optional.of(
              found(
                  api,
                  Code.KEEPS_VERSIONS,
                  "Versioning is suspended: older versions are kept, and new ones are not made."));
      default -> Optional.empty();
    };
  }

  private static ObjectFinding lifecycle(S3Api api, Scope scope) {
    return api.lifecycle(begin(api))
        .map(rules -> lifecycle(api.endpoint(), rules, scope))
        .orElseGet(
            () -> found(api, Code.LIFECYCLE_UNSEEN, "GetBucketLifecycleConfiguration is refused."));
  }

  /**
   * A rule counts from the last write, as an idle timeout does, and is rounded up to a midnight.
   */
  static ObjectFinding lifecycle(String bucket, List<LifecycleRule> rules, Scope scope) {
    if (rules.stream().anyMatch(rule -> Lifecycle.expiresAtADate(rule, scope.prefix()))) {
      return new ObjectFinding(
          Code.LIFECYCLE_TOO_SHORT, bucket, "A rule expires objects at a date, live ones too.");
    }
    Optional<Integer> days =
        rules.stream()
            .filter(rule -> Lifecycle.expires(rule, scope.prefix()))
            .map(rule -> rule.expiration().days())
            .min(Integer::compare);
    if (days.isEmpty()) {
      return new ObjectFinding(
          Code.NO_LIFECYCLE, bucket, "No rule expires what lies below the prefix.");
    }
    long least = Lifecycle.leastDays(scope.longestIdle());
    return new ObjectFinding(
        days.get() < least ? Code.LIFECYCLE_TOO_SHORT : Code.LIFECYCLE,
        bucket,
        "A rule expires objects after %d days; %d are the least for an idle timeout of %s."
            .formatted(days.get(), least, scope.longestIdle()));
  }

  private static ObjectFinding found(S3Api api, Code code, String seen) {
    return new ObjectFinding(code, api.endpoint(), seen);
  }

  private static Call begin(S3Api api) {
    return api.begin("EXAMINE", ObjectSessionStore.DEFAULT_DEADLINE);
  }
}
