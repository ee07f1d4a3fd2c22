package dev.statewise.objectstorage;

import static java.util.Objects.requireNonNull;

/**
 * One thing that {@link ObjectDoctor} found at a bucket.
 *
 * @param code what it is; names the promise and what mends it
 * @param bucket and where it is, as far as that is known; never a credential
 * @param seen what was seen, in one sentence with its numbers; never a secret, and no words of the
 *     server
 */
public record ObjectFinding(Code code, String bucket, String seen) {

  /** What a finding means for the promises of a store on this bucket; the worst first. */
  public enum Severity {
    /** A promise that is made is not kept. */
    BREAKS,
    /** It could not be seen whether a promise is kept. Nobody may take it for "all is well". */
    UNSEEN,
    /** What is promised is kept, but less than could be. */
    WEAKENS,
    /** To be known. */
    INFORMATION
  }

  /**
   * What can be found. The names are stable: they may be matched by scripts, and none changes its
   * meaning. More may come.
   */
  public enum Code {
    /** A write with {@code If-None-Match: *} is done over an object. */
    IF_NONE_MATCH_IGNORED(
        Severity.BREAKS,
        "create never overwrites a session, so nobody takes another's key",
        Promises.ANOTHER_SERVER),
    /** A write with {@code If-Match} is done over another object than it names. */
    IF_MATCH_IGNORED(Severity.BREAKS, Promises.ONE_SAVE_WINS, Promises.ANOTHER_SERVER),
    /** A write with {@code If-Match} is done where no object is. */
    IF_MATCH_CREATES(Severity.BREAKS, Promises.STAYS_ENDED, Promises.ANOTHER_SERVER),
    /** Of creates at once, more than one is done. */
    CREATE_NOT_ATOMIC(
        Severity.BREAKS,
        "of creates of one key at once exactly one is true",
        Promises.ANOTHER_SERVER),
    /** Of writes with the same {@code If-Match} at once, more than one is done. */
    REPLACE_NOT_ATOMIC(Severity.BREAKS, Promises.ONE_SAVE_WINS, Promises.ANOTHER_SERVER),
    /** A write with {@code If-Match} that races a delete leaves an object behind. */
    DELETE_UNDONE(Severity.BREAKS, Promises.STAYS_ENDED, Promises.ANOTHER_SERVER),
    /** Of writes at once none is done, in no round. */
    WRITES_REFUSED(
        Severity.BREAKS,
        "of writes at once one is done: a session can be opened and saved",
        "look for a proxy or a setting that changes entity tags, or use another server"),
    /** A read after a write does not give what was written. */
    READS_STALE(
        Severity.BREAKS,
        "staleness zero: an ended session is refused at once, by every node",
        "read from where is written, not from a replica or a cache before it"),
    /** A rule deletes objects sooner than the longest idle timeout ends. */
    LIFECYCLE_TOO_SHORT(
        Severity.BREAKS,
        "no live session is deleted (mayEvictLive)",
        "let the rule expire objects no sooner than the longest idle timeout in days, rounded up, and one more"),

    /** Some writes of a race got no answer. */
    WRITES_UNANSWERED(
        Severity.UNSEEN,
        "writes are atomic: some that were raced got no answer",
        "examine again, with fewer writers: ObjectDoctor.Scope, or --writers"),
    /** The races were cut short. */
    TIME_RAN_OUT(
        Severity.UNSEEN,
        "writes are atomic: fewer races were run than were asked for",
        "give the doctor more time, or fewer rounds: ObjectDoctor.Scope, or --within and --rounds"),
    /** Whether old versions are kept may not be asked. */
    VERSIONING_UNSEEN(
        Severity.UNSEEN,
        "what was ended is deleted, its state too",
        "allow s3:GetBucketVersioning on the bucket"),
    /** What the server deletes by itself may not be asked. */
    LIFECYCLE_UNSEEN(
        Severity.UNSEEN,
        "no live session is deleted (mayEvictLive)",
        "allow s3:GetLifecycleConfiguration on the bucket"),

    /** Old versions are kept. */
    KEEPS_VERSIONS(
        Severity.WEAKENS,
        "what was ended is deleted, its state too: old versions of it are kept",
        "a lifecycle rule with NoncurrentVersionExpiration and ExpiredObjectDeleteMarker, or a bucket without versions"),

    /** Nobody deletes what has expired but a sweeper. */
    NO_LIFECYCLE(
        Severity.INFORMATION,
        "none; expired sessions lie there until they are swept",
        "schedule ObjectSessionStore.sweeper, or give the bucket the lifecycle rule of the guide"),
    /** The server deletes what has expired. */
    LIFECYCLE(Severity.INFORMATION, "none", "nothing to mend"),
    /** What was raced. */
    RACED(Severity.INFORMATION, "none", "nothing to mend");

    private final Severity severity;
    private final String promise;
    private final String mend;

    Code(Severity severity, String promise, String mend) {
      this.severity = severity;
      this.promise = promise;
      this.mend = mend;
    }

    /** How bad it is. */
    public Severity severity() {
      return severity;
    }

    /** The promise that is at stake. */
    public String promise() {
      return promise;
    }

    /** What mends it. */
    public String mend() {
      return mend;
    }
  }

  public ObjectFinding {
    requireNonNull(code, "code");
    requireNonNull(bucket, "bucket");
    requireNonNull(seen, "seen");
  }

  /** That of the code. */
  public Severity severity() {
    return code.severity();
  }

  /** {@code BREAKS CODE at bucket: what was seen. Promise: …. Mend: ….} */
  @Override
  public String toString() {
    return "%s %s at %s: %s Promise: %s. Mend: %s."
        .formatted(severity(), code, bucket, seen, code.promise(), code.mend());
  }

  private static final class Promises {
    static final String STAYS_ENDED = "a session that was ended stays ended";
    static final String ONE_SAVE_WINS =
        "of saves at once exactly one is REPLACED, and none is lost";
    static final String ANOTHER_SERVER =
        "use a server whose conditional writes are atomic, such as Amazon S3";
  }
}
