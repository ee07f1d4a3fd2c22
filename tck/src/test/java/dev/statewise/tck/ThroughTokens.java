package dev.statewise.tck;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Expired;
import dev.statewise.spi.Verification.Refused;
import dev.statewise.spi.Verification.Verified;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Passes every call through to a healthy token service, until a breaker overrides one. */
class ThroughTokens implements TokenService {

  final TokenService healthy;

  ThroughTokens(TokenService healthy) {
    this.healthy = healthy;
  }

  @Override
  public Credential issue(Session session) {
    return healthy.issue(session);
  }

  @Override
  public Verification verify(Credential token, Instant now) {
    return healthy.verify(token, now);
  }

  @Override
  public int maxStateBytes() {
    return healthy.maxStateBytes();
  }

  @Override
  public int maxTokenBytes() {
    return healthy.maxTokenBytes();
  }

  /** The same verdict on a session that is not quite the same. */
  static Verification on(Verification verification, UnaryOperator<Session> change) {
    if (verification instanceof Verified verified) {
      return new Verified(change.apply(verified.session()));
    }
    if (verification instanceof Expired expired) {
      return new Expired(change.apply(expired.session()));
    }
    return verification;
  }

  static Verification refused() {
    return new Refused(Rejection.UNTRUSTED);
  }
}
