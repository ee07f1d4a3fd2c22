package dev.statewise.objectstorage;

import static java.util.Objects.requireNonNull;

import dev.statewise.objectstorage.S3Api.Part;
import dev.statewise.objectstorage.S3Api.Written;
import dev.statewise.objectstorage.StoredObject.Content;
import dev.statewise.objectstorage.StoredSessions.Head;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Deletes the expired sessions of a store, some at a time: the caller schedules it, on one node or
 * on several.
 *
 * <p>It never takes a live session. A list tells when each object was written last; one that was
 * written within the longest idle timeout and {@link #MARGIN} is not looked at. The end of any
 * other is read, and only if that is past by the margin the object is overwritten with a mark,
 * under the condition that nobody has written since, and then deleted. So a touch that races either
 * comes first and keeps the session, or finds it gone. A session with a shorter idle timeout than
 * the longest lies there until the longest is over, unfound by the front door.
 *
 * <p>Requests: one for each 1,000 objects that lie below the prefix, and three for each that is
 * deleted. It stops where its bound is reached, and goes on from there at the next call: by the
 * order of names, in which directory buckets (S3 Express One Zone) do not list. Those want a
 * lifecycle rule.
 *
 * <p>Safe for use by several threads, each of which then does the same work.
 */
public final class ObjectSweeper {

  /**
   * How much longer than to its end a session is kept: for clocks that differ, and what is under
   * way.
   */
  public static final Duration MARGIN = Duration.ofMinutes(11);

  private static final int PAGE = 1_000;
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST_IDLE = Duration.ofDays(36_500);

  private final StoredSessions stored;
  private final Duration deadline;
  private final InstantSource clock;
  private final Duration longestIdle;
  private volatile @Nullable String lastLookedAt;

  ObjectSweeper(
      StoredSessions stored, Duration deadline, InstantSource clock, Duration longestIdle) {
    this.stored = stored;
    this.deadline = deadline;
    this.clock = requireNonNull(clock, "clock");
    this.longestIdle = requireNonNull(longestIdle, "longestIdle");
    if (longestIdle.compareTo(Duration.ofSeconds(1)) < 0
        || longestIdle.compareTo(LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException(
          "longestIdle (%s) is not from 1 s to 36,500 days. Say what SessionPolicy.maxIdleTimeout() says."
              .formatted(longestIdle));
    }
  }

  /**
   * What one call did.
   *
   * @param listed how many objects were passed, of other applications too
   * @param deleted how many of them are gone
   * @param reachedEnd whether the last object was passed, so that the next call begins anew
   */
  public record Sweep(int listed, int deleted, boolean reachedEnd) {}

  /**
   * Passes up to {@code limit} objects, from where the last call stopped.
   *
   * @param limit 1 to a million
   * @throws dev.statewise.spi.StoreUnavailableException if a request gave no answer within the
   *     store's deadline, which each has for itself; the next call goes on behind that object
   * @throws IllegalArgumentException if {@code limit} is outside its bounds
   */
  public Sweep sweep(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "limit (%d) is not from 1 to a million. A thousand takes one list.".formatted(limit));
    }
    int listed = 0;
    int deleted = 0;
    boolean more = true;
    while (more && listed < limit) {
      ListObjectsV2Response page = list(Math.min(PAGE, limit - listed));
      for (S3Object object : page.contents()) {
        lastLookedAt = object.key();
        deleted += isDeleted(object) ? 1 : 0;
      }
      listed += page.contents().size();
      more = Boolean.TRUE.equals(page.isTruncated()) && !page.contents().isEmpty();
    }
    if (!more) {
      lastLookedAt = null;
    }
    return new Sweep(listed, deleted, !more);
  }

  private ListObjectsV2Response list(int most) {
    return stored.api().list(begin(), stored.names().prefix(), lastLookedAt, most);
  }

  private boolean isDeleted(S3Object object) {
    Optional<SessionKey> key = stored.names().keyOf(object.key());
    return key.isPresent()
        && isOver(object.lastModified().plus(longestIdle))
        && isDeleted(begin(), key.get());
  }

  /** Nobody is told of a stranger or of the session of a newer node: it is left where it is. */
  private boolean isDeleted(Call call, SessionKey key) {
    Optional<Part> begin = stored.begin(call, key);
    Content content =
        begin.map(part -> StoredObject.head(part.bytes(), key)).orElse(Content.Nothing.ABSENT);
    if (content == Content.Nothing.SWEPT) {
      stored.delete(call, key); // a sweep was cut short between its two writes
      return true;
    }
    if (!(content instanceof Content.Kept kept) || !isOver(kept.session().end())) {
      return false;
    }
    Head there = StoredSessions.head(kept.session(), begin.orElseThrow());
    if (stored.mark(call, there) != Written.DONE) {
      return false;
    }
    stored.delete(call, key);
    return true;
  }

  private boolean isOver(Instant end) {
    return !clock.instant().isBefore(end.plus(MARGIN));
  }

  private Call begin() {
    return stored.api().begin("SWEEP", deadline);
  }
}
