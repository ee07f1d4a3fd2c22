package dev.statewise.redis;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import java.time.Instant;

/** Remembers every token that is issued, also those that are handed to nobody. */
record RecordingTokenService(TokenService tokens, Secrets secrets) implements TokenService {

  @Override
  public Credential issue(Session session) {
    Credential token = tokens.issue(session);
    secrets.remember(token);
    return token;
  }

  @Override
  public Verification verify(Credential token, Instant now) {
    return tokens.verify(token, now);
  }

  @Override
  public int maxStateBytes() {
    return tokens.maxStateBytes();
  }

  @Override
  public int maxTokenBytes() {
    return tokens.maxTokenBytes();
  }
}
