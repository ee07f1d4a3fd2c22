package dev.statewise.objectstorage;

import static java.util.Objects.requireNonNull;

import dev.statewise.objectstorage.S3Api.Written;
import dev.statewise.objectstorage.StoredSessions.Head;
import dev.statewise.objectstorage.StoredSessions.Touched;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Sessions in an S3 bucket, each in one object: for states that are large, or that nobody wants to
 * run a database for, where some ten milliseconds a request do not matter.
 *
 * <p>Every write is conditional, and that is all that keeps an ended session ended: the server must
 * honour {@code If-None-Match: *} and {@code If-Match} on a PUT, atomically, and answer at once
 * with what was written last, as Amazon S3 does. {@link #over(S3Client, String)} tries what one
 * client can try, {@link ObjectDoctor} races it. In requests: {@code create} 1, {@code find} 1,
 * {@code replace} 2, {@code touch} 2, of which the first reads and the second writes all of the
 * object, {@code delete} 2; two more for each other write that came between.
 *
 * <p>A server keeps an object for ever: schedule a {@link #sweeper}, or give the bucket the
 * lifecycle rule of {@code docs/guide/object-storage.md}. There is no index of subjects: list,
 * limit and end-all are not kept.
 *
 * <p>A session carries its own checksum. What lies under its key and is not that session (a damaged
 * object, a copied one) is no session: it is not found, whoever was given to {@link #withFindings}
 * is told, and a warning with the key is logged, at most one a second.
 *
 * <p>Safe for use by any number of threads. A call ends by {@link #withDeadline}, with what the SDK
 * sends again by itself, and every write can tell that it was sent twice. The client belongs to the
 * caller, who closes it after this store.
 */
public final class ObjectSessionStore implements SessionStore {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectSessionStore.class);

  /** The largest {@code Session.stateBytes()} unless {@link #withMaxStateBytes} says otherwise. */
  public static final int DEFAULT_MAX_STATE_BYTES = 10 << 20;

  /** How long a call may take unless {@link #withDeadline} says otherwise. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

  private static final int LARGEST_STATE = 64 << 20;
  private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(50);
  private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);

  private final StoredSessions stored;
  private final StoreTraits traits;
  private final Duration deadline;

  private ObjectSessionStore(StoredSessions stored, StoreTraits traits, Duration deadline) {
    this.stored = stored;
    this.traits = traits;
    this.deadline = deadline;
  }

  /** With the prefix {@code statewise/}; else as {@link #over(S3Client, String, String)}. */
  public static ObjectSessionStore over(S3Client client, String bucket) {
    return over(client, bucket, ObjectNames.DEFAULT.prefix());
  }

  /**
   * On a bucket that was tried: six requests, one after the other, on an object below the prefix
   * that is deleted at the end.
   *
   * @param client is configured and closed by the caller
   * @param bucket must be there
   * @param prefix what the names of the objects begin with, best with a {@code /} at the end: up to
   *     512 letters, digits and {@code !_.*'()=:-/}. Stores of different prefixes never see each
   *     other's sessions
   * @throws UnfitBucketException if the server does not keep the conditions of a write, so that a
   *     session that was ended could come back
   * @throws dev.statewise.spi.StoreUnavailableException if it gave no answer within {@link
   *     #DEFAULT_DEADLINE}, or does not let this client in
   * @throws IllegalArgumentException if it cannot be a prefix
   */
  public static ObjectSessionStore over(S3Client client, String bucket, String prefix) {
    ObjectSessionStore store = untried(client, bucket, prefix);
    Trial.of(store.stored.api(), store.stored.names(), store.deadline).require();
    return store;
  }

  /**
   * The same without the six requests, for a bucket that is known to be fit, or a start that must
   * not depend on it. On one that is not, ended sessions can come back.
   */
  public static ObjectSessionStore untried(S3Client client, String bucket, String prefix) {
    StoredSessions stored =
        new StoredSessions(
            new S3Api(client, bucket),
            new ObjectNames(prefix),
            new Findings(LOG::warn, finding -> {}, System::nanoTime));
    StoreTraits traits = StoreTraits.sharedByNodes().withMaxStateBytes(DEFAULT_MAX_STATE_BYTES);
    return new ObjectSessionStore(stored, traits, DEFAULT_DEADLINE);
  }

  /**
   * This store with another bound to a session's state than 10 MiB.
   *
   * @param maxStateBytes 1 to 64 MiB; a touch has all of it in memory, and sends it both ways
   * @throws IllegalArgumentException if it is outside these bounds
   */
  public ObjectSessionStore withMaxStateBytes(int maxStateBytes) {
    if (maxStateBytes < 1 || maxStateBytes > LARGEST_STATE) {
      throw new IllegalArgumentException(
          "maxStateBytes (%d) is not from 1 to %d, and each touch reads and writes all of it. Keep large things in objects of their own and their names in the session."
              .formatted(maxStateBytes, LARGEST_STATE));
    }
    return with(traits.withMaxStateBytes(maxStateBytes));
  }

  /**
   * This store with another deadline than 10 s: a call has ended by then, some scheduling aside,
   * whatever timeouts and retries the client has, which count within it.
   *
   * @param deadline 50 ms to 10 minutes; of a touch, it covers twice the state
   * @throws IllegalArgumentException if it is outside these bounds
   */
  public ObjectSessionStore withDeadline(Duration deadline) {
    if (requireNonNull(deadline, "deadline").compareTo(SHORTEST_DEADLINE) < 0
        || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "deadline (%s) is not from 50 ms to 10 minutes. The default is 10 seconds."
              .formatted(deadline));
    }
    return new ObjectSessionStore(stored, traits, deadline);
  }

  /** This store, vouched for to keep its objects over a restart. Only the caller can know. */
  public ObjectSessionStore assumingDurable() {
    return with(traits.withDurable(true));
  }

  /**
   * This store, vouched for to keep what it acknowledged over a restart and the loss of a server,
   * as Amazon S3 does and one server of one's own does not. Only the caller can know.
   */
  public ObjectSessionStore assumingReplicated() {
    return with(traits.withDurable(true).withKeepsAcknowledged(true));
  }

  /**
   * This store, telling of each damaged or swapped object that it comes upon. Pass {@code
   * listener::finding} of the {@code SessionListener} that the front door has.
   *
   * @param told is called on the thread that asked, with a description that holds the session key
   *     and no secret; an exception in it changes nothing
   */
  public ObjectSessionStore withFindings(Consumer<String> told) {
    Findings telling = new Findings(LOG::warn, requireNonNull(told, "told"), System::nanoTime);
    return new ObjectSessionStore(
        new StoredSessions(stored.api(), stored.names(), telling), traits, deadline);
  }

  /**
   * What deletes the expired sessions of this store, whenever the caller lets it.
   *
   * @param clock of this node, which may be off by the 10 minutes that a {@code SessionPolicy}
   *     allows
   * @param longestIdle the longest idle timeout of any session; 1 s to 36,500 days. A session with
   *     a longer one is safe, and costs a request at each sweep
   * @throws IllegalArgumentException if it is outside these bounds
   */
  public ObjectSweeper sweeper(InstantSource clock, Duration longestIdle) {
    return new ObjectSweeper(stored, deadline, clock, longestIdle);
  }

  @Override
  public boolean create(Session session) {
    Call call = begin("CREATE");
    byte[] tag = SessionCodec.newTag();
    while (true) {
      Written written = stored.create(call, session, tag);
      if (written == Written.DONE) {
        return true;
      }
      if (written == Written.UNMET) {
        // Its own lies there if the SDK has sent it twice and the reply to the first was lost.
        return stored.head(call, session.key()).filter(there -> isOwn(there, session)).isPresent();
      }
      call.again(written);
    }
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return stored.find(begin("FIND"), key);
  }

  /**
   * It is judged by version, and written by entity tag, which every touch moves: after a touch that
   * came between it is judged and written again, until the deadline.
   */
  @Override
  public ReplaceResult replace(Session next) {
    Call call = begin("REPLACE");
    byte[] tag = SessionCodec.newTag();
    while (true) {
      Optional<Head> found = stored.head(call, next.key());
      if (found.isEmpty()) {
        return ReplaceResult.GONE;
      }
      Head there = found.get();
      if (there.session().version() == next.version() && Arrays.equals(there.tag(), tag)) {
        return ReplaceResult.REPLACED; // sent twice by the SDK, and the reply to the first was lost
      }
      if (there.session().version() != next.version() - 1) {
        return ReplaceResult.CONFLICT;
      }
      Written written = stored.replace(call, there, later(next, there.session()), tag);
      if (written == Written.DONE) {
        return ReplaceResult.REPLACED;
      }
      if (written == Written.ABSENT) {
        return ReplaceResult.GONE;
      }
      call.again(written);
    }
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    Call call = begin("TOUCH");
    while (true) {
      Optional<Touched> found = stored.touched(call, key, requireNonNull(lastSeen, "lastSeen"));
      if (found.isEmpty()) {
        return false;
      }
      Session before = found.get().before();
      if (!before.seenAt(lastSeen).lastSeen().isAfter(before.lastSeen())) {
        return true;
      }
      Written written = stored.touch(call, found.get());
      if (written == Written.DONE) {
        return true;
      }
      if (written == Written.ABSENT) {
        return false;
      }
      call.again(written);
    }
  }

  /**
   * It is looked at first, so that the session of a newer node is left alone; one that such a node
   * writes between the two requests is deleted.
   */
  @Override
  public boolean delete(SessionKey key) {
    Call call = begin("DELETE");
    boolean there = stored.isThere(call, key);
    if (there) {
      stored.delete(call, key);
    }
    return there;
  }

  /** Shared and never stale; durable and replicated as the caller says, by default neither. */
  @Override
  public StoreTraits traits() {
    return traits;
  }

  /** Does nothing: the client is the caller's. */
  @Override
  public void close() {}

  private Call begin(String verb) {
    return stored.api().begin(verb, deadline);
  }

  private ObjectSessionStore with(StoreTraits traits) {
    return new ObjectSessionStore(stored, traits, deadline);
  }

  private static boolean isOwn(Head there, Session session) {
    return there.session().secretHash().equals(session.secretHash());
  }

  private static Session later(Session next, Session there) {
    return there.lastSeen().isAfter(next.lastSeen()) ? next.seenAt(there.lastSeen()) : next;
  }
}
