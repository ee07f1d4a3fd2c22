package dev.statewise;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.Optional;

/**
 * The credential of a session whose state is kept on the server: {@code key.secret}, 40 characters.
 */
record SessionId(SessionKey key, Secret secret) {

  private static final char DOT = '.';
  private static final int LENGTH = SessionKey.LENGTH + 1 + Secret.LENGTH;

  /**
   * The id in {@code credential}; empty if length or alphabet are wrong, which costs no store call.
   */
  static Optional<SessionId> parse(Credential credential) {
    String text = credential.value();
    if (text.length() != LENGTH || text.charAt(SessionKey.LENGTH) != DOT) {
      return Optional.empty();
    }
    Optional<SessionKey> key = SessionKey.parse(text.substring(0, SessionKey.LENGTH));
    Optional<Secret> secret = Secret.parse(text.substring(SessionKey.LENGTH + 1));
    return key.isPresent() && secret.isPresent()
        ? Optional.of(new SessionId(key.get(), secret.get()))
        : Optional.empty();
  }

  /** Whether this is the id of {@code session}: the secret is the one behind its hash. */
  boolean isOf(Session session) {
    return secret.isBehind(session.secretHash());
  }

  Credential credential() {
    return new Credential(key.text() + DOT + secret.text());
  }
}
