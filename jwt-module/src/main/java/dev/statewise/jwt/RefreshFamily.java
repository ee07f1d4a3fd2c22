package dev.statewise.jwt;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A family of refresh tokens, as one session record: its key is that of the session it serves, its
 * version is the generation, its secret hash that of the current token.
 *
 * @param record as it is stored
 * @param familyHash of the half that all its tokens share
 * @param previous the hash of the token before the current one; NONE in the first generation
 * @param overtaken the tokens before that, the newest first, as far as their grace may still run
 * @param rotatedAt when the current token was made, on the clock of the node that made it
 * @param madeWith the id of the server's key that made it
 */
record RefreshFamily(
    Session record,
    SecretHash familyHash,
    SecretHash previous,
    List<Replaced> overtaken,
    Instant rotatedAt,
    String madeWith) {

  /** A token that was replaced, and when. */
  record Replaced(SecretHash hash, Instant at) {

    boolean isInGraceAt(Instant now, RefreshPolicy policy) {
      return now.isBefore(at.plus(policy.grace()).plus(policy.clockSkew()));
    }
  }

  /** How a token stands to its family. */
  enum Standing {
    CURRENT,
    /** The one before, presented while its reply may have been lost. */
    PREVIOUS,
    /**
     * One from before that, so soon after it was replaced that an honest client may have sent it
     * before it had the answer. Its successor is replaced too, so it brings nothing.
     */
    OVERTAKEN,
    /** It was replaced, longer ago than that. */
    REPLACED,
    /** Not a token of this family. */
    STRANGE
  }

  private static final String FAMILY = "family";
  private static final String BEFORE = "before";
  private static final String ROTATED = "rotated";
  private static final String KEY = "key";
  private static final String OVERTAKEN = "overtaken";
  private static final String BETWEEN = " ";

  /** How many are kept: no honest client redeems more often within a grace. */
  private static final int MOST_OVERTAKEN = 4;

  /** The family in {@code record}; empty if something else lies there. */
  static Optional<RefreshFamily> of(Session record) {
    try {
      Map<String, String> kept = record.attributes();
      return Optional.of(
          new RefreshFamily(
              record,
              hash(kept.getOrDefault(FAMILY, "")),
              kept.containsKey(BEFORE) ? hash(kept.get(BEFORE)) : SecretHash.NONE,
              overtaken(kept.getOrDefault(OVERTAKEN, "")),
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
            attributes(token.familyHash(), SecretHash.NONE, List.of(), now, key));
    return new RefreshFamily(record, token.familyHash(), SecretHash.NONE, List.of(), now, key);
  }

  /**
   * This family with {@code successor} for its token.
   *
   * @param seen read before the list was asked: an ending since then must outlast this family
   * @param rotatedAt from when on the reply may be lost
   */
  RefreshFamily next(
      RefreshToken successor, Instant seen, Instant rotatedAt, RefreshPolicy policy, String key) {
    Session next = record.next(seen);
    List<Replaced> still = stillInGrace(rotatedAt, policy);
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
            attributes(familyHash, record.secretHash(), still, rotatedAt, key));
    return new RefreshFamily(replaced, familyHash, record.secretHash(), still, rotatedAt, key);
  }

  private List<Replaced> stillInGrace(Instant now, RefreshPolicy policy) {
    return Stream.concat(Stream.of(new Replaced(previous, rotatedAt)), overtaken.stream())
        .filter(one -> !one.hash().equals(SecretHash.NONE) && one.isInGraceAt(now, policy))
        .limit(MOST_OVERTAKEN)
        .toList();
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
      return new Replaced(previous, rotatedAt).isInGraceAt(now, policy)
          ? Standing.PREVIOUS
          : Standing.REPLACED;
    }
    if (overtaken.stream()
        .anyMatch(one -> token.isBehind(one.hash()) && one.isInGraceAt(now, policy))) {
      return Standing.OVERTAKEN;
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
      SecretHash familyHash,
      SecretHash previous,
      List<Replaced> overtaken,
      Instant rotatedAt,
      String key) {
    Map<String, String> kept = new HashMap<>();
    kept.put(FAMILY, text(familyHash));
    kept.put(ROTATED, Long.toString(rotatedAt.toEpochMilli()));
    kept.put(KEY, key);
    if (!previous.equals(SecretHash.NONE)) {
      kept.put(BEFORE, text(previous));
    }
    if (!overtaken.isEmpty()) {
      kept.put(
          OVERTAKEN,
          overtaken.stream()
              .map(one -> text(one.hash()) + BETWEEN + one.at().toEpochMilli())
              .collect(Collectors.joining(BETWEEN)));
    }
    return kept;
  }

  private static List<Replaced> overtaken(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String[] parts = text.split(BETWEEN, -1);
    if (parts.length % 2 != 0) {
      throw new IllegalArgumentException("A replaced token without the instant when it was.");
    }
    List<Replaced> all = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 2) {
      all.add(new Replaced(hash(parts[i]), Instant.ofEpochMilli(Long.parseLong(parts[i + 1]))));
    }
    return all;
  }

  private static String text(SecretHash hash) {
    return Base64Url.encode(hash.bytes());
  }

  private static SecretHash hash(String text) {
    return SecretHash.of(Base64.getUrlDecoder().decode(text));
  }
}
