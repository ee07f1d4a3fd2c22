package dev.statewise;

import dev.statewise.session.Credential;
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
    if (text.length() != LENGTH
        || text.charAt(SessionKey.LENGTH) != DOT
        || !isBase64Url(text, SessionKey.LENGTH + 1)) {
      return Optional.empty();
    }
    return SessionKey.parse(text.substring(0, SessionKey.LENGTH))
        .map(key -> new SessionId(key, new Secret(text.substring(SessionKey.LENGTH + 1))));
  }

  Credential credential() {
    return new Credential(key.text() + DOT + secret.text());
  }

  private static boolean isBase64Url(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }
}
