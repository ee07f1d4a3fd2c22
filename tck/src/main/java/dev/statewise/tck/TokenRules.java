package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Expired;
import dev.statewise.spi.Verification.Refused;
import dev.statewise.spi.Verification.Verified;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;

/** What the rules of a token service begin with: a service, and another with the same settings. */
abstract class TokenRules {

  static final String KEY = "ours";
  static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "https://app.example";

  final TokenServiceTck kit;
  TokenService issuer;
  TokenService verifier;

  @SuppressWarnings("NullAway.Init") // JUnit opens the services before each rule
  TokenRules(TokenServiceTck kit) {
    this.kit = kit;
  }

  @BeforeEach
  final void openServices() {
    issuer = kit.open(KEY, ISSUER, AUDIENCE);
    verifier = kit.open(KEY, ISSUER, AUDIENCE);
  }

  /** What a token gives back of {@code session}. */
  static Session expected(Session session) {
    return Sample.like(session)
        .lastSeen(session.lastSeen().truncatedTo(ChronoUnit.SECONDS))
        .secretHash(SecretHash.NONE)
        .build();
  }

  /** When a token of {@code session} is dead. */
  static Instant endOf(Session session) {
    return session.end().truncatedTo(ChronoUnit.SECONDS);
  }

  final Session verified(Session session) {
    return assertVerified(issuer.issue(session), session.lastSeen(), "its own token");
  }

  final Session assertVerified(Credential token, Instant now, String message) {
    return assertInstanceOf(Verified.class, issuer.verify(token, now), message).session();
  }

  final Session assertExpired(Credential token, Instant now, String message) {
    return assertInstanceOf(Expired.class, issuer.verify(token, now), message).session();
  }

  final Refused assertRefused(String token, String message) {
    return assertRefused(token, Sample.NOW, message);
  }

  final Refused assertRefused(String token, Instant now, String message) {
    Verification verification = verifier.verify(new Credential(token), now);
    return assertInstanceOf(Refused.class, verification, message);
  }
}
