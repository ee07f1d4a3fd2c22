package dev.statewise.jwt;

import dev.statewise.session.Credential;
import java.time.Instant;

/** Tokens of an issuer that is not us. */
final class ExternalForge {

  static final Instant NOW = Instant.parse("2026-11-26T12:00:00.400Z");
  static final String ISSUER = "https://idp.example/realms/shop";
  static final String AUDIENCE = "shop-api";

  /** With a character that no key of ours may have in its name. */
  static final SigningKey RSA = SigningKey.generateRs256("idp-2026");

  private ExternalForge() {}

  static ExternalIssuer.Builder issuer(SigningKey key) {
    return ExternalIssuer.builder(ISSUER, AUDIENCE, IssuerKeys.of(key.verifying()));
  }

  static ExternalSessions sessions(ExternalIssuer.Builder issuer) {
    return ExternalSessions.of(issuer.build()).withClock(() -> NOW);
  }

  static String header(SigningKey key) {
    return "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}"
        .formatted(key.algorithm().alg(), key.kid());
  }

  /** A payload that is accepted as it stands, for tests to spoil one thing in. */
  static String claims() {
    return """
    {"exp":1795694700,"iat":1795694400,"auth_time":1795690800,"jti":"t-1",\
    "iss":"https://idp.example/realms/shop","aud":["account","shop-api"],"sub":"user-1",\
    "typ":"Bearer","azp":"web","sid":"s-1","realm_access":{"roles":["admin","staff"]},\
    "scope":"openid email","email_verified":true,"score":1.5,"nothing":null}""";
  }

  static Credential token(String claims) {
    return Forge.signed(RSA, header(RSA), claims);
  }
}
