package dev.statewise.objectstorage;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Sessions to try things with. */
final class Samples {

  /**
   * After whatever the clock of the server says, so that what it was written at decides nothing.
   */
  static final Instant NOW = Instant.parse("2090-01-01T00:00:00Z");

  static final Duration IDLE = Duration.ofMinutes(30);

  private static final SecureRandom RANDOM = new SecureRandom();

  private Samples() {}

  static Session session() {
    return session(Map.of("cart", "42"));
  }

  static Session session(Map<String, String> attributes) {
    return session(IDLE, attributes);
  }

  static Session session(Duration idle, Map<String, String> attributes) {
    return session(NOW, idle, attributes);
  }

  static Session session(Instant now, Duration idle, Map<String, String> attributes) {
    byte[] hash = new byte[SecretHash.LENGTH];
    Arrays.fill(hash, (byte) 7);
    return Session.restore(
        SessionKey.draw("ann", RANDOM),
        "ann",
        SecretHash.of(hash),
        1,
        now,
        now,
        idle,
        now.plus(Duration.ofDays(30)),
        attributes);
  }
}
