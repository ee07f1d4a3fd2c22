package dev.statewise.jdbc;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Sessions to try things on. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration LIFE = Duration.ofHours(12);

  private static final SecureRandom RANDOM = new SecureRandom();

  private Samples() {}

  static Session session() {
    return session("ann", 1, NOW, IDLE, LIFE);
  }

  static Session of(String subject) {
    return session(subject, 1, NOW, IDLE, LIFE);
  }

  static Session atVersion(long version) {
    return session("ann", version, NOW, IDLE, LIFE);
  }

  static Session createdAt(String subject, Instant created) {
    return session(subject, 1, created, IDLE, LIFE);
  }

  static Session living(Duration idle, Duration life) {
    return session("ann", 1, NOW, idle, life);
  }

  static Session session(
      String subject, long version, Instant created, Duration idle, Duration life) {
    byte[] hash = new byte[SecretHash.LENGTH];
    RANDOM.nextBytes(hash);
    return Session.restore(
        SessionKey.draw(subject, RANDOM),
        subject,
        SecretHash.of(hash),
        version,
        created,
        created,
        idle,
        created.plus(life),
        Map.of("cart", "42"));
  }
}
