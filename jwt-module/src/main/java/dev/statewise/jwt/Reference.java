package dev.statewise.jwt;

import dev.statewise.session.Session;
import dev.statewise.spi.Verification;
import java.time.Instant;

/**
 * Tokens as the strict gate, JJWT's algorithms and Jackson read them: slower than {@link OwnTokens}
 * and written independently of it. Tests hold the two to one verdict on everything they can think
 * of. It reads a header as JSON, in any spelling, where {@link OwnTokens} knows one spelling only.
 */
final class Reference {

  private final KeyRing keys;
  private final SessionClaims claims;
  private final int maxChars;

  Reference(KeyRing keys, SessionClaims claims, int maxChars) {
    this.keys = keys;
    this.claims = claims;
    this.maxChars = maxChars;
  }

  Verification verify(String token, Instant now) {
    try {
      StrictGate gate = new StrictGate(maxChars, kid -> keys.find(kid, now));
      SignedPayload signed = gate.open(token);
      Refusal.require(JwtTokenService.TYPE.equals(signed.type()), Refusal.HEADER);
      Session session = claims.read(signed.payload());
      return now.isBefore(SessionClaims.expiry(session))
          ? new Verification.Verified(session)
          : new Verification.Expired(session);
    } catch (RefusedException e) {
      return new Verification.Refused(e.refusal().rejection());
    }
  }
}
