package dev.statewise.jwt;

import dev.statewise.session.Grant;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.TokenService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the access tokens of families: of the same session each time, and good for a short while
 * that no renewal prolongs.
 *
 * <p>A version is generation × 2³². Where the application has rotated the session more often than
 * it was refreshed, it is the first power of two times that, that the list does not refuse.
 */
record AccessTokens(TokenService tokens, RevocationList list, Duration life) {

  private static final int SAVES_BITS = 32;
  private static final long MOST_ROTATIONS = Integer.MAX_VALUE;

  /**
   * The token; empty if the session was ended.
   *
   * @param generation which of the family it is for
   * @param now read before the list is asked here
   */
  Optional<Grant> issue(
      RefreshFamily family, long generation, Instant now, Map<String, String> attributes) {
    for (long rotation = generation; rotation <= MOST_ROTATIONS; rotation *= 2) {
      Session session = session(family.record(), rotation << SAVES_BITS, now, attributes);
      if (!list.isRefused(session)) {
        return Optional.of(grant(session));
      }
      if (isEnded(family, now)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The first token of a family that nobody can have refused. */
  Grant first(Session access, Instant now, Map<String, String> attributes) {
    return grant(session(access, 1L << SAVES_BITS, now, attributes));
  }

  /** Whether the session was ended, and not only rotated. */
  boolean isEnded(RefreshFamily family, Instant now) {
    return list.isRefused(ofAnyVersion(family.record(), now));
  }

  /** The session that all its access tokens stand for. */
  Session ofAnyVersion(Session record, Instant now) {
    return session(record, Long.MAX_VALUE - 1, now, Map.of());
  }

  /** In whole seconds, as tokens tell time: its end is its absolute end, so it is not renewed. */
  private Session session(Session of, long version, Instant now, Map<String, String> attributes) {
    Instant seen = now.truncatedTo(ChronoUnit.SECONDS);
    Instant end = seen.plus(life);
    Instant last = end.isBefore(of.absoluteEnd()) ? end : of.absoluteEnd();
    return Session.restore(
        of.key(),
        of.subject(),
        SecretHash.NONE,
        version,
        of.createdAt(),
        seen,
        life,
        // A clock that is behind the one by which the session was created must not make it invalid.
        last.isAfter(of.createdAt()) ? last : of.createdAt().plusSeconds(1),
        attributes);
  }

  private Grant grant(Session session) {
    return new Grant(tokens.issue(session), session);
  }
}
