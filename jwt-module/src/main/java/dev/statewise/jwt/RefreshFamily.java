package dev.statewise.jwt;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A family of refresh tokens, as one session record: its key is that of the session it serves, its
 * version is the generation, its secret hash that of the current token.
 *
 * @param record as it is stored
 * @param familyHash of the half that all its tokens share
 * @param previous the hash of the token before the current one; NONE in the first generation
 * @param rotatedAt when the current token was made, on the clock of the node that made it
 * @param madeWith the id of the server's key that made it
 */
record RefreshFamily(
    Session record,
    SecretHash familyHash,
    SecretHash previous,
    Instant rotatedAt,
    String madeWith) {

  /** How a token stands to its family. */
  enum Standing {
    CURRENT,
    /** The one before, presented while its reply may have been lost. */
    PREVIOUS,
    /** It was replaced, longer ago than that, or more than once. */
    REPLACED,
    /** Not a token of this family. */
    STRANGE
  }

  private static final String FAMILY = "family";
  private static final String BEFORE = "before";
  private static final String ROTATED = "rotated";
  private static final String KEY = "key";

  /** The family in {@code record}; empty if something else lies there. */
  static Optional<RefreshFamily> of(Session record) {
    try {
      Map<String, String> kept = record.attributes();
      return Optional.of(
          new RefreshFamily(
              record,
              hash(kept.getOrDefault(FAMILY, "")),
              kept.containsKey(BEFORE) ? hash(kept.get(BEFORE)) : SecretHash.NONE,
              Instant.ofEpochMilli(Long.parseLong(kept.getOrDefault(ROTATED, ""))),
              kept.getOrDefault(KEY, "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A new family with its first token. */
  static RefreshFamily first(Session access, RefreshToken token, Duration idleTimeout, String key) {
    Instant now = access.lastSeen();
    Session record =
        Session.restore(
            access.key(),
            access.subject(),
            token.hash(),
            1,
            access.createdAt(),
            now,
            idleTimeout,
            access.absoluteEnd(),
            attributes(token.familyHash(), Optional.empty(), now, key));
    return new RefreshFamily(record, token.familyHash(), SecretHash.NONE, now, key);
  }

  /** This family with {@code successor} for its token. */
  RefreshFamily next(RefreshToken successor, Instant now, String key) {
    Session next = record.next(now);
    Session replaced =
        Session.restore(
            next.key(),
            next.subject(),
            successor.hash(),
            next.version(),
            next.createdAt(),
            next.lastSeen(),
            next.idleTimeout(),
            next.absoluteEnd(),
            attributes(familyHash, Optional.of(record.secretHash()), now, key));
    return new RefreshFamily(replaced, familyHash, record.secretHash(), now, key);
  }

  long generation() {
    return record.version();
  }

  /**
   * How {@code token} stands to this family. The clocks of the node that made the current token and
   * of this one may differ, and an honest client must not pay for that.
   */
  Standing standing(RefreshToken token, Instant now, RefreshPolicy policy) {
    if (token.isBehind(record.secretHash())) {
      return Standing.CURRENT;
    }
    if (token.isBehind(previous)) {
      Instant graceEnd = rotatedAt.plus(policy.grace()).plus(policy.clockSkew());
      return now.isBefore(graceEnd) ? Standing.PREVIOUS : Standing.REPLACED;
    }
    return token.isOfFamilyBehind(familyHash) ? Standing.REPLACED : Standing.STRANGE;
  }

  /** Judged by today's policy where that is tighter than the one it began under. */
  boolean isExpiredAt(Instant now, RefreshPolicy policy) {
    return record.isExpiredAt(now)
        || !now.isBefore(record.lastSeen().plus(policy.idleTimeout()))
        || !now.isBefore(record.createdAt().plus(policy.lifetime()));
  }

  private static Map<String, String> attributes(
      SecretHash familyHash, Optional<SecretHash> previous, Instant rotatedAt, String key) {
    Map<String, String> always =
        Map.of(
            FAMILY, text(familyHash), ROTATED, Long.toString(rotatedAt.toEpochMilli()), KEY, key);
    if (previous.isEmpty()) {
      return always;
    }
    Map<String, String> more = new HashMap<>(always);
    more.put(BEFORE, text(previous.get()));
    return more;
  }

  private static String text(SecretHash hash) {
    return Base64Url.encode(hash.bytes());
  }

  private static SecretHash hash(String text) {
    return SecretHash.of(Base64.getUrlDecoder().decode(text));
  }
}
