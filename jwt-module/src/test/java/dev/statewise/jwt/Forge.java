package dev.statewise.jwt;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Sessions to put into tokens, and tokens with any text in them that are signed all the same. */
final class Forge {

  static final String ISSUER = "https://a.example";
  static final String AUDIENCE = "web";
  static final Instant NOW = Instant.parse("2026-11-22T11:30:00.700Z");
  static final SessionKey KEY = new SessionKey("abcDEF012345-_9");

  private Forge() {}

  static Session session(Map<String, String> attributes) {
    return session("user-12345", attributes);
  }

  static Session session(String subject, Map<String, String> attributes) {
    return Session.restore(
        KEY,
        subject,
        SecretHash.NONE,
        1,
        NOW.minusMillis(250),
        NOW,
        Duration.ofMinutes(30),
        NOW.plus(Duration.ofHours(12)),
        attributes);
  }

  static JwtTokenService service(SigningKey key) {
    return JwtTokenService.of(KeyRing.of(key), ISSUER, AUDIENCE);
  }

  static Credential signed(SigningKey key, String header, String payload) {
    return signed(key, utf8(header), utf8(payload));
  }

  static Credential signed(SigningKey key, byte[] header, byte[] payload) {
    return signedInput(key, Base64Url.encode(header) + "." + Base64Url.encode(payload));
  }

  static Credential signedInput(SigningKey key, String input) {
    return new Credential(input + "." + Base64Url.encode(key.sign(utf8(input))));
  }

  static String header(SigningKey key) {
    return "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"session+jwt\"}"
        .formatted(key.algorithm().alg(), key.kid());
  }

  /** A payload that is accepted as it stands, for tests to spoil one thing in. */
  static String claims() {
    return """
    {"iss":"https://a.example","aud":"web","sid":"abcDEF012345-_9","ver":1,"sub":"user-12345",\
    "cat":1795347000450,"iat":1795347000,"idl":1800,"max":43200250,"exp":1795348800,\
    "att":{"cart":"42"}}""";
  }

  static String payloadOf(Credential token) {
    String value = token.value();
    return new String(
        decode(value.substring(value.indexOf('.') + 1, value.lastIndexOf('.'))),
        StandardCharsets.UTF_8);
  }

  static byte[] decode(String segment) {
    return Base64.getUrlDecoder().decode(segment);
  }

  static Verification verify(SigningKey key, Credential token) {
    return service(key).verify(token, NOW);
  }

  static Verification reference(SigningKey key, Credential token) {
    return new Reference(
            KeyRing.of(key), new SessionClaims(ISSUER, AUDIENCE), JwtTokenService.MAX_TOKEN_BYTES)
        .verify(token.value(), NOW);
  }

  static Verification refused(Rejection reason) {
    return new Verification.Refused(reason);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
