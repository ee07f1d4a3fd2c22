package dev.statewise;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token service without cryptography: it recognises the tokens it issued. Good to test what the
 * front door does with an authentic token; what makes one authentic is tested where tokens are.
 */
final class RememberedTokens implements TokenService {

  private static final int LIMIT = 4096;

  private final Map<String, Session> issued = new ConcurrentHashMap<>();

  @Override
  public Credential issue(Session session) {
    if (session.stateBytes() > LIMIT) {
      throw new TokenTooLargeException(session.stateBytes(), LIMIT);
    }
    String text = "token-" + UUID.randomUUID();
    issued.put(text, session);
    return new Credential(text);
  }

  @Override
  public Verification verify(Credential token, Instant now) {
    if (token.value().isEmpty()) {
      return new Verification.Refused(Rejection.MISSING);
    }
    Session session = issued.get(token.value());
    if (session == null) {
      return new Verification.Refused(Rejection.MALFORMED);
    }
    return now.isBefore(session.end().truncatedTo(ChronoUnit.SECONDS))
        ? new Verification.Verified(session)
        : new Verification.Expired(session);
  }

  @Override
  public int maxTokenBytes() {
    return LIMIT;
  }

  @Override
  public int maxStateBytes() {
    return LIMIT;
  }
}
