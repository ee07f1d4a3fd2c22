package dev.statewise.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One session as it was read, or as it is to be saved. Immutable.
 *
 * <p>An application changes its attributes and its idle timeout; everything else is moved by the
 * front door. A changed session keeps its {@link #version}, which is how a save can tell whether
 * somebody else saved meanwhile. Instants are cut to milliseconds, so that a session is equal to
 * itself after a round trip through any store.
 */
public final class Session {

  /** What each attribute adds to {@link #stateBytes} beside its text. */
  public static final int BYTES_PER_ATTRIBUTE = 8;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int MILLIS_A_SECOND = 1_000;
  private static final Duration LONGEST_IDLE = Duration.ofDays(36_500);
  // Map.copyOf probes linearly: names chosen to collide would cost it quadratic time.
  private static final int FEW = 64;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** That a session's end as read is the one that it has now. */
  private static final long AS_NOW = -1;

  private final SessionKey key;
  private final String subject;
  private final SecretHash secretHash;
  private final long version;
  // Instants in milliseconds since 1970: smaller than objects, and quick to compare.
  private final long createdAt;
  private final long lastSeen;
  private final Duration idleTimeout;
  private final long absoluteEnd;
  private final Map<String, String> attributes;
  private final long endAsRead;

  /**
   * @param endAsRead as the last three instants in milliseconds; or {@link #AS_NOW}
   */
  private Session(
      SessionKey key,
      String subject,
      SecretHash secretHash,
      long version,
      long createdAt,
      long lastSeen,
      Duration idleTimeout,
      long absoluteEnd,
      Map<String, String> attributes,
      long endAsRead) {
    this.key = key;
    this.subject = subject;
    this.secretHash = secretHash;
    this.version = version;
    this.createdAt = createdAt;
    this.lastSeen = lastSeen;
    this.idleTimeout = idleTimeout;
    this.absoluteEnd = absoluteEnd;
    this.attributes = attributes;
    this.endAsRead = endAsRead == AS_NOW ? endMillis() : endAsRead;
  }

  /**
   * Rebuilds a session from what a store or token kept. For stores and token services; applications
   * get theirs from the front door, which trusts a session that it is given to be one it handed
   * out.
   *
   * @param subject whose it is; empty exactly for an anonymous session
   * @param secretHash {@link SecretHash#NONE} for a session in a token
   * @param version from 1
   * @param createdAt from 1970 to 9999, as the other instants; cut to milliseconds
   * @param idleTimeout whole seconds, from 1 s to 36,500 days
   * @param absoluteEnd after {@code createdAt}
   * @param attributes copied; names and values well-formed Unicode without U+0000
   * @throws IllegalArgumentException if a value is outside these bounds
   */
  public static Session restore(
      SessionKey key,
      String subject,
      SecretHash secretHash,
      long version,
      Instant createdAt,
      Instant lastSeen,
      Duration idleTimeout,
      Instant absoluteEnd,
      Map<String, String> attributes) {
    return restored(
        key,
        subject,
        secretHash,
        version,
        createdAt,
        lastSeen,
        idleTimeout,
        absoluteEnd,
        checkedCopy(attributes));
  }

  /**
   * As {@link #restore(SessionKey, String, SecretHash, long, Instant, Instant, Duration, Instant,
   * Map)}, with attributes that are made when somebody first asks for one: for a token service that
   * has checked their form already, and whose callers may ask for none.
   *
   * @param attributes makes the same attributes each time, on any thread, and must not fail. They
   *     must be unmodifiable, and their text must be what {@code restore} asks for: that was
   *     checked when the token was, and is not checked again
   * @throws IllegalArgumentException if another value is outside its bounds
   */
  public static Session restoreLate(
      SessionKey key,
      String subject,
      SecretHash secretHash,
      long version,
      Instant createdAt,
      Instant lastSeen,
      Duration idleTimeout,
      Instant absoluteEnd,
      Supplier<Map<String, String>> attributes) {
    return restored(
        key,
        subject,
        secretHash,
        version,
        createdAt,
        lastSeen,
        idleTimeout,
        absoluteEnd,
        new LateAttributes(requireNonNull(attributes, "attributes")));
  }

  private static Session restored(
      SessionKey key,
      String subject,
      SecretHash secretHash,
      long version,
      Instant createdAt,
      Instant lastSeen,
      Duration idleTimeout,
      Instant absoluteEnd,
      Map<String, String> attributes) {
    requireNonNull(key, "key");
    requireNonNull(secretHash, "secretHash");
    Text.require(requireNonNull(subject, "subject"), "The subject");
    if (version < 1) {
      throw new IllegalArgumentException(
          "version (%d) is below 1, where versions begin.".formatted(version));
    }
    long created = millis(createdAt, "createdAt");
    long end = millis(absoluteEnd, "absoluteEnd");
    if (end <= created) {
      throw new IllegalArgumentException(
          "absoluteEnd (%s) is not after createdAt (%s), so the session would never have lived."
              .formatted(absoluteEnd, createdAt));
    }
    return new Session(
        key,
        subject,
        secretHash,
        version,
        created,
        millis(lastSeen, "lastSeen"),
        checkedIdle(idleTimeout),
        end,
        attributes,
        AS_NOW);
  }

  /** The public name, stable for the session's life. */
  public SessionKey key() {
    return key;
  }

  /** Whose session it is; empty exactly for an anonymous one. */
  public String subject() {
    return subject;
  }

  /** Whether nobody has logged in: the session has no subject, and is in no index and no limit. */
  public boolean isAnonymous() {
    return subject.isEmpty();
  }

  /** The hash of the secret that a client must present; {@link SecretHash#NONE} for a token. */
  public SecretHash secretHash() {
    return secretHash;
  }

  /**
   * Grows with each save and rotation, from 1; in a store by one. In a token a rotation takes it to
   * the next multiple of 2³². A touch does not move it.
   */
  public long version() {
    return version;
  }

  public Instant createdAt() {
    return Instant.ofEpochMilli(createdAt);
  }

  /** When the session was last saved or touched; touches are thinned, so it may lag behind. */
  public Instant lastSeen() {
    return Instant.ofEpochMilli(lastSeen);
  }

  /** How long after {@link #lastSeen} the session dies if nothing is heard of it. Whole seconds. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** When the session dies however busy it is. */
  public Instant absoluteEnd() {
    return Instant.ofEpochMilli(absoluteEnd);
  }

  /** The attributes, unmodifiable and in no order. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** When the session dies if nothing more is heard of it: derived, never stored. */
  public Instant end() {
    return Instant.ofEpochMilli(endMillis());
  }

  /**
   * When the session dies unless it is saved before: its {@link #end} as it was when it was read. A
   * changed idle timeout moves it only with the save, so a dead session cannot be lengthened.
   */
  public Instant endAsRead() {
    return Instant.ofEpochMilli(endAsRead);
  }

  /**
   * Whether this session has ended at {@code now}. A session is dead at the very instant it expires
   * (RFC 7519 §4.1.4, "on or after").
   */
  public boolean isExpiredAt(Instant now) {
    long end = endMillis();
    long second = end / MILLIS_A_SECOND;
    return now.getEpochSecond() == second
        ? now.getNano() >= end % MILLIS_A_SECOND * NANOS_PER_MILLI
        : now.getEpochSecond() > second;
  }

  /** The value of one attribute, as text; empty if there is none. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * The value of one attribute; empty if there is none.
   *
   * @throws UndecodableAttributeException if its text is not such a value. It names the attribute,
   *     never the text
   */
  public <T> Optional<T> get(Attribute<T> attribute) {
    return attribute(attribute.name()).map(text -> decode(attribute, text));
  }

  /** This session with one attribute set; the version does not move. */
  public <T> Session with(Attribute<T> attribute, T value) {
    return with(attribute.name(), attribute.encode().apply(value));
  }

  /**
   * This session with one attribute set; the version does not move.
   *
   * @throws IllegalArgumentException if name or value is not well-formed Unicode or has U+0000
   */
  public Session with(String name, String value) {
    requireNonNull(name, "name");
    requireNonNull(value, () -> "Attribute '%s' is null: take it away by without.".formatted(name));
    Map<String, String> changed = new HashMap<>(attributes);
    changed.put(name, value);
    return withAttributes(changed);
  }

  /** This session without one attribute; itself if it had none of that name. */
  public Session without(String name) {
    if (!attributes.containsKey(name)) {
      return this;
    }
    Map<String, String> changed = new HashMap<>(attributes);
    changed.remove(name);
    return withAttributes(changed);
  }

  /** This session with exactly these attributes; the version does not move. */
  public Session withAttributes(Map<String, String> attributes) {
    return with(version, lastSeen, idleTimeout, checkedCopy(attributes), endAsRead);
  }

  /**
   * This session with another idle timeout, effective once it is saved. The front door refuses one
   * above its policy's {@code maxIdleTimeout}.
   *
   * @throws IllegalArgumentException if it is not whole seconds from 1 s to 36,500 days
   */
  public Session withIdleTimeout(Duration idleTimeout) {
    return with(version, lastSeen, checkedIdle(idleTimeout), attributes, endAsRead);
  }

  /** The successor of this session, as a save at {@code now} writes it: version + 1, seen now. */
  public Session next(Instant now) {
    return with(version + 1, millis(now, "now"), idleTimeout, attributes, AS_NOW);
  }

  /**
   * This session seen at another instant; nothing else changes, not the version. For stores and the
   * front door, which decide which of two instants counts.
   *
   * @param lastSeen cut to milliseconds; outside 1970 to 9999 the nearest of these is taken
   */
  public Session seenAt(Instant lastSeen) {
    return with(version, millis(nearest(lastSeen), "lastSeen"), idleTimeout, attributes, AS_NOW);
  }

  /**
   * This session, with short attributes laid together: for a store that keeps many in this process.
   * A session of five takes some 0.6 of the memory then. It is equal to this one; but the text of
   * an attribute is made anew each time that it is asked for, and state above 2 KiB stays as it is.
   */
  public Session packed() {
    return attributes instanceof PackedAttributes
        ? this
        : with(version, lastSeen, idleTimeout, PackedAttributes.of(attributes), endAsRead);
  }

  /** The size of the state: UTF-8 bytes of all names and values, and 8 for each attribute. */
  public int stateBytes() {
    long bytes = 0;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      bytes +=
          BYTES_PER_ATTRIBUTE
              + (long) Text.utf8Length(attribute.getKey())
              + Text.utf8Length(attribute.getValue());
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /** Whether all nine parts are equal; {@link #endAsRead} is not one of them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || isEqualTo(other);
  }

  private boolean isEqualTo(@Nullable Object other) {
    return other instanceof Session that
        && version == that.version
        && key.equals(that.key)
        && subject.equals(that.subject)
        && secretHash.equals(that.secretHash)
        && createdAt == that.createdAt
        && lastSeen == that.lastSeen
        && idleTimeout.equals(that.idleTimeout)
        && absoluteEnd == that.absoluteEnd
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, version);
  }

  /** Key, version and times. No attribute and no subject: a log must not collect what users are. */
  @Override
  public String toString() {
    return "Session[%s v%d, seen %s, ends %s, %d attributes]"
        .formatted(key, version, lastSeen(), end(), attributes.size());
  }

  private long endMillis() {
    return Math.min(lastSeen + idleTimeout.toSeconds() * MILLIS_A_SECOND, absoluteEnd);
  }

  private Session with(
      long version,
      long lastSeen,
      Duration idleTimeout,
      Map<String, String> attributes,
      long endAsRead) {
    return new Session(
        key,
        subject,
        secretHash,
        version,
        createdAt,
        lastSeen,
        idleTimeout,
        absoluteEnd,
        attributes,
        endAsRead);
  }

  private static <T> T decode(Attribute<T> attribute, String text) {
    try {
      return requireNonNull(attribute.decode().apply(text), "decode returned null");
    } catch (RuntimeException e) {
      throw new UndecodableAttributeException(attribute.name(), e);
    }
  }

  private static Instant nearest(Instant instant) {
    return instant.isBefore(Instant.EPOCH)
        ? Instant.EPOCH
        : instant.isAfter(LATEST) ? LATEST : instant;
  }

  private static long millis(Instant instant, String what) {
    requireNonNull(instant, what);
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "%s (%s) is outside 1970 to 9999, which is all that stores and tokens can carry."
              .formatted(what, instant));
    }
    return instant.toEpochMilli();
  }

  private static Duration checkedIdle(Duration idleTimeout) {
    requireNonNull(idleTimeout, "idleTimeout");
    if (idleTimeout.getSeconds() < 1
        || idleTimeout.getNano() != 0
        || idleTimeout.compareTo(LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException(
          "idleTimeout (%s) is not whole seconds from 1 s to 36,500 days, and a token carries it in seconds. Round it."
              .formatted(idleTimeout));
    }
    return idleTimeout;
  }

  /** Copied first and checked then, for the caller's map may change in between. */
  static Map<String, String> checkedCopy(Map<String, String> attributes) {
    requireNonNull(attributes, "attributes");
    Map<String, String> copy =
        attributes.size() <= FEW
            ? Map.copyOf(attributes)
            : Collections.unmodifiableMap(new HashMap<>(attributes));
    copy.forEach(
        (name, value) -> {
          Text.require(requireNonNull(name, "attribute name"), "An attribute name");
          Text.requireValue(requireNonNull(value, "attribute value"), name);
        });
    return copy;
  }
}
