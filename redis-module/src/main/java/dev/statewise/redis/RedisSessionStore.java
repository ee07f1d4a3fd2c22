package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.SubjectIndex;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Sessions in Redis, each in one value.
 *
 * <p>A {@code find} is one {@code GET}; each write is one script, atomic on the server, and one
 * round trip (two when the server does not know the script yet). No key is ever without a time to
 * live: the server keeps a session until its {@code end()} and {@link #MARGIN} longer. That is
 * housekeeping; whether a session is alive is the front door's to judge.
 *
 * <p>What lies under a session's key and is not that session (a damaged value, one copied from
 * another key) is no session: it is not found, whoever was given to {@link #withFindings} is told,
 * and a warning with the key is logged, at most one a second.
 *
 * <p>Safe for use by any number of threads. One connection is tried at once, for at most the
 * connect timeout and the replies to the login; if it fails, nothing is thrown. A call ends by
 * {@link RedisConnection#deadline}. A call whose connection was lost is sent once more, so that a
 * restart of the server does not show; every write can tell that it was sent twice. A client that
 * was handed in has its own deadlines and its own retries: Jedis' own pool waits for ever unless
 * {@code setMaxWait} is called on its configuration, its socket timeout bounds each read and not a
 * reply, and nothing bounds a write that the server does not read.
 */
public final class RedisSessionStore implements SessionStore {

  static final Logger LOG = LoggerFactory.getLogger(RedisSessionStore.class);

  /** The largest {@code Session.stateBytes()} unless {@link #withMaxStateBytes} says otherwise. */
  public static final int DEFAULT_MAX_STATE_BYTES = 1 << 20;

  /**
   * How much longer than to its end the server keeps a session: the 10 minutes by which a {@code
   * SessionPolicy} lets the clocks of two nodes differ, and one for what is under way.
   */
  public static final Duration MARGIN = Duration.ofMinutes(11);

  // A value has up to 512 MB, and has texts of its own besides the state.
  private static final int LARGEST_STATE = 256 << 20;

  private final RedisCalls calls;
  private final KeySpace keys;
  private final StoreTraits traits;
  private final StoredSessions stored;
  private final SubjectIndex index;

  private RedisSessionStore(
      RedisCalls calls, KeySpace keys, StoreTraits traits, StoredSessions stored) {
    this.calls = calls;
    this.keys = keys;
    this.traits = traits;
    this.stored = stored;
    this.index = new RedisSubjectIndex(calls, keys, stored);
  }

  /** On a client that the caller owns, configures with deadlines, and closes after this store. */
  public static RedisSessionStore over(UnifiedJedis client) {
    return on(RedisCalls.over(requireNonNull(client, "client")));
  }

  /**
   * On a client of its own, with the deadlines of {@link RedisConnection#to}.
   *
   * @throws IllegalArgumentException if the URI names no Redis server
   */
  public static RedisSessionStore connect(URI uri) {
    return connect(RedisConnection.to(uri));
  }

  /** On a client of its own, which {@link #close} closes. */
  public static RedisSessionStore connect(RedisConnection connection) {
    return on(RedisCalls.connect(connection));
  }

  /**
   * This store with another prefix to its keys than {@code sw:}. The same client: closing either
   * closes a client that was opened here.
   *
   * @param prefix 1 to 128 characters without braces; stores of different prefixes never see each
   *     other's sessions
   * @throws IllegalArgumentException if it cannot be a prefix
   */
  public RedisSessionStore withKeyPrefix(String prefix) {
    return new RedisSessionStore(calls, new KeySpace(prefix), traits, stored);
  }

  /**
   * This store with another bound to a session's state than 1 MiB; on the same client.
   *
   * @param maxStateBytes 1 to 256 MiB
   * @throws IllegalArgumentException if it is outside these bounds
   */
  public RedisSessionStore withMaxStateBytes(int maxStateBytes) {
    if (maxStateBytes < 1 || maxStateBytes > LARGEST_STATE) {
      throw new IllegalArgumentException(
          "maxStateBytes (%d) is not from 1 to %d, and a Redis value has an end. Keep large things elsewhere and their names in the session."
              .formatted(maxStateBytes, LARGEST_STATE));
    }
    return with(traits(traits.durable(), maxStateBytes, traits.mayEvictLive()));
  }

  /**
   * This store, vouched for to keep its sessions over a restart of the server: it writes an
   * append-only file. Only the caller can know.
   */
  public RedisSessionStore assumingDurable() {
    return with(traits(true, traits.maxStateBytes(), traits.mayEvictLive()));
  }

  /**
   * This store on a server whose {@code maxmemory-policy} evicts: it may drop a live session to
   * make room, and a subject's index as well, so that {@link #subjects} is empty. Only the caller
   * can know; without this the server is taken to refuse writes instead.
   */
  public RedisSessionStore assumingEviction() {
    return with(traits(traits.durable(), traits.maxStateBytes(), true));
  }

  /**
   * This store, telling of each damaged or swapped value that it comes upon; on the same client.
   * Pass {@code listener::finding} of the {@code SessionListener} that the front door has.
   *
   * @param told is called on the thread that asked, with a description that holds the session key
   *     and no secret; an exception in it changes nothing
   */
  public RedisSessionStore withFindings(Consumer<String> told) {
    Findings telling = new Findings(LOG::warn, requireNonNull(told, "told"), System::nanoTime);
    return new RedisSessionStore(calls, keys, traits, new StoredSessions(calls, telling));
  }

  /** How the client was opened, if it was opened here. */
  Optional<RedisConnection> connection() {
    return calls.connection();
  }

  KeySpace keys() {
    return keys;
  }

  @Override
  public boolean create(Session session) {
    List<byte[]> named =
        session.isAnonymous()
            ? List.of(keys.session(session.key()))
            : keys.sessionAndIndex(session);
    byte[] value = StoredSessions.encode(session);
    return calls.run("CREATE", Script.CREATE, named, value, StoredSessions.MARGIN) == Reply.DONE;
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    byte[] redisKey = keys.session(key);
    byte[] value = calls.ask("FIND", client -> client.get(redisKey));
    return value == null ? Optional.empty() : stored.read("FIND", redisKey, key, value);
  }

  @Override
  public ReplaceResult replace(Session next) {
    byte[] expected = bytes(next.version() - 1);
    Reply reply =
        calls.run(
            "REPLACE",
            Script.REPLACE,
            keys.session(next.key()),
            StoredSessions.encode(next),
            expected,
            StoredSessions.MARGIN);
    return switch (reply) {
      case DONE -> ReplaceResult.REPLACED;
      case CONFLICT -> ReplaceResult.CONFLICT;
      default -> ReplaceResult.GONE;
    };
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    byte[] seen = bytes(Millis.floor(lastSeen));
    byte[] text = key.text().getBytes(StandardCharsets.US_ASCII);
    return calls.run("TOUCH", Script.TOUCH, keys.session(key), text, seen, StoredSessions.MARGIN)
        == Reply.DONE;
  }

  @Override
  public boolean delete(SessionKey key) {
    return calls.run("DELETE", Script.DELETE, keys.session(key)) == Reply.DONE;
  }

  /**
   * Shared and never stale, but for a master that was deposed and does not know it yet, while a
   * partition leaves it in this node's reach; durable and evicting as the caller says, by default
   * neither.
   */
  @Override
  public StoreTraits traits() {
    return traits;
  }

  /**
   * The index of subjects: for each the keys of its sessions, in their slot and written in the same
   * step. Each of its verbs is one round trip. The server serves nobody else while it runs one,
   * which takes some microseconds for each session that the subject has: a policy's limit bounds
   * that. Bytes and times are in {@code docs/adr/0040}.
   *
   * <p>Sent again after a lost reply, {@code admit} names no session as ended, and {@code
   * deleteAll} counts what was left to delete.
   *
   * @return empty for a store {@link #assumingEviction}: a server that may drop an index cannot
   *     list, limit or end all sessions
   */
  @Override
  public Optional<SubjectIndex> subjects() {
    return traits.mayEvictLive() ? Optional.empty() : Optional.of(index);
  }

  @Override
  public void close() {
    calls.close();
  }

  private static RedisSessionStore on(RedisCalls calls) {
    return new RedisSessionStore(
        calls,
        KeySpace.DEFAULT,
        traits(false, DEFAULT_MAX_STATE_BYTES, false),
        new StoredSessions(calls, new Findings(LOG::warn, finding -> {}, System::nanoTime)));
  }

  private RedisSessionStore with(StoreTraits traits) {
    return new RedisSessionStore(calls, keys, traits, stored);
  }

  // What was acknowledged is not kept through the loss of a server: no write waits for replicas.
  private static StoreTraits traits(boolean durable, int maxStateBytes, boolean mayEvictLive) {
    return new StoreTraits(true, durable, false, Duration.ZERO, maxStateBytes, mayEvictLive, 1);
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
