package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.SessionPolicy;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How large the parts of a session can be, to ask {@link JwtTokenService#maxBytes} before there is
 * one. Lengths are bytes of UTF-8: a character of ASCII has one, another has two to four.
 *
 * <pre>{@code
 * int bytes = tokens.maxBytes(SessionShape.of(policy).withSubject(36).withAttribute("cart", 200));
 * }</pre>
 *
 * <p>Begins with an anonymous session without attributes, of any version, issued before the year
 * 2100. Immutable.
 */
public final class SessionShape {

  /** What the texts of a session have in them: JSON writes some characters longer than they are. */
  public enum Texts {
    /** No quotation mark, backslash or control character: every byte is written as it is. */
    PLAIN(1),
    /** Anything that a session can carry: at worst each byte becomes six, as {@code \u0001}. */
    ANY(6);

    private final int bytesPerByte;

    Texts(int bytesPerByte) {
      this.bytesPerByte = bytesPerByte;
    }
  }

  private static final Instant FIRST_LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final long MOST_BYTES = 1 << 24;

  private final SessionPolicy policy;
  private final Texts texts;
  private final int subjectBytes;
  private final Map<String, Integer> attributes;
  private final long version;
  private final Instant latest;

  private SessionShape(
      SessionPolicy policy,
      Texts texts,
      int subjectBytes,
      Map<String, Integer> attributes,
      long version,
      Instant latest) {
    this.policy = policy;
    this.texts = texts;
    this.subjectBytes = subjectBytes;
    this.attributes = attributes;
    this.version = version;
    this.latest = latest;
    requireReasonable();
  }

  /** Sessions that a front door with this policy opens, of plain texts. */
  public static SessionShape of(SessionPolicy policy) {
    return new SessionShape(
        requireNonNull(policy, "policy"), Texts.PLAIN, 0, Map.of(), Long.MAX_VALUE, FIRST_LATEST);
  }

  /** This shape with a subject of up to so many bytes. */
  public SessionShape withSubject(int bytes) {
    return new SessionShape(
        policy, texts, notNegative("subject", bytes), attributes, version, latest);
  }

  /**
   * This shape with one more attribute, or with another length for it.
   *
   * @param name exactly as it will be: its characters are counted as they are written
   * @param valueBytes the most that its value has
   */
  public SessionShape withAttribute(String name, int valueBytes) {
    requireNonNull(name, "name");
    Map<String, Integer> more = new LinkedHashMap<>(attributes);
    more.put(name, notNegative("valueBytes", valueBytes));
    return new SessionShape(policy, texts, subjectBytes, more, version, latest);
  }

  /** This shape with values and a subject of such texts. */
  public SessionShape withTexts(Texts texts) {
    return new SessionShape(
        policy, requireNonNull(texts, "texts"), subjectBytes, attributes, version, latest);
  }

  /**
   * This shape up to that version. A save adds 1 and a rotation 2³², so sessions that are never
   * rotated have small ones.
   *
   * @param version from 1
   */
  public SessionShape withVersionsUpTo(long version) {
    return new SessionShape(policy, texts, subjectBytes, attributes, version, latest);
  }

  /** This shape in tokens issued up to that instant; from 2286 on seconds have 11 digits. */
  public SessionShape withTokensUntil(Instant latest) {
    return new SessionShape(
        policy, texts, subjectBytes, attributes, version, requireNonNull(latest, "latest"));
  }

  /**
   * A session whose every number is the largest of this shape, with attributes of empty values and,
   * if there is one, a subject of one byte.
   */
  Session largestOfEmptyTexts() {
    Map<String, String> empty = new LinkedHashMap<>();
    attributes.keySet().forEach(name -> empty.put(name, ""));
    return Session.restore(
        new SessionKey("A".repeat(SessionKey.LENGTH)),
        subjectBytes == 0 ? "" : "x",
        SecretHash.NONE,
        version,
        latest,
        latest,
        policy.maxIdleTimeout(),
        latest.plus(policy.absoluteLifetime()),
        empty);
  }

  /** What the texts that {@link #largestOfEmptyTexts} lacks take in JSON at most. */
  long missingTextBytes() {
    long values = attributes.values().stream().mapToLong(Integer::longValue).sum();
    return (subjectBytes + values) * texts.bytesPerByte - (subjectBytes == 0 ? 0 : 1);
  }

  @Override
  public String toString() {
    return "SessionShape[subject of %d bytes, attributes %s, texts %s, versions up to %d, tokens until %s, %s]"
        .formatted(subjectBytes, attributes, texts, version, latest, policy);
  }

  private void requireReasonable() {
    Duration longest = policy.absoluteLifetime();
    Instant last = Instant.ofEpochMilli(SessionClaims.LATEST_MILLI).minus(longest);
    if (version < 1 || latest.isBefore(Instant.EPOCH) || latest.isAfter(last)) {
      throw new IllegalArgumentException(
          "version (%d) is below 1, or tokens until %s are not from 1970 to 9999 with all of their life (%s). No session is like that."
              .formatted(version, latest, longest));
    }
    long bytes =
        subjectBytes
            + attributes.entrySet().stream()
                .mapToLong(attribute -> attribute.getKey().length() + (long) attribute.getValue())
                .sum();
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "The shape has %d bytes of text, and no token has a thousandth of that. Keep such a state in a store."
              .formatted(bytes));
    }
  }

  private static int notNegative(String name, int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "%s (%d) is negative. Pass how many bytes it has at most.".formatted(name, bytes));
    }
    return bytes;
  }
}
