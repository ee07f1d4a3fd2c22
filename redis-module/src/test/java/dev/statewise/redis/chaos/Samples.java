package dev.statewise.redis.chaos;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.RefreshKeys;
import dev.statewise.jwt.RefreshPolicy;
import dev.statewise.jwt.RefreshTokens;
import dev.statewise.jwt.SigningKey;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Sessions to try things on. */
final class Samples {

  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration LIFE = Duration.ofHours(12);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JwtTokenService TOKENS =
      JwtTokenService.of(
          KeyRing.of(SigningKey.generateHs256("chaos")), "https://login.example", "shop");

  private Samples() {}

  /** A new session of that subject, with a secret of its own. */
  static Session of(String subject) {
    byte[] hash = new byte[SecretHash.LENGTH];
    RANDOM.nextBytes(hash);
    Instant now = Instant.now();
    return Session.restore(
        SessionKey.draw(subject, RANDOM),
        subject,
        SecretHash.of(hash),
        1,
        now,
        now,
        IDLE,
        now.plus(LIFE),
        Map.of("cart", "42"));
  }

  /** A node whose tokens every other such node verifies. */
  static HybridSessions hybrid(RevocationList list) {
    return hybrid(list, SessionPolicy.defaults());
  }

  /** A node whose refresh tokens every other with the same keys redeems. */
  static RefreshTokens refresh(
      SessionStore families, RevocationList list, RefreshKeys keys, RefreshPolicy policy) {
    return RefreshTokens.over(families, TOKENS, list, keys, policy);
  }

  static HybridSessions hybrid(RevocationList list, SessionPolicy policy) {
    return HybridSessions.over(TOKENS, list, policy);
  }
}
