package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * A session as the claims of one issuer for one audience, and back. The table is at {@link
 * JwtTokenService}.
 */
final class SessionClaims {

  private static final Set<String> NAMES =
      Set.of("iss", "aud", "sid", "ver", "sub", "cat", "iat", "idl", "max", "exp", "att");
  private static final JsonFactory WRITING =
      JsonFactory.builder()
          // Four bytes for a character beyond the basic plane, and not two escapes of six.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  static final long LATEST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  static final long LATEST_MILLI = LATEST_SECOND * 1000 + 999;

  static final long LONGEST_IDLE_SECONDS = Duration.ofDays(36_500).toSeconds();

  private static final int LONGEST_USUAL_SUBJECT = 64;

  private final String issuer;
  private final String audience;
  private final byte[] beginning;

  SessionClaims(String issuer, String audience) {
    this.issuer = required(issuer, "issuer");
    this.audience = required(audience, "audience");
    this.beginning = beginningOf(this);
  }

  String issuer() {
    return issuer;
  }

  String audience() {
    return audience;
  }

  /** What every payload of ours begins with: the issuer, and the audience to its last quote. */
  byte[] beginning() {
    return beginning;
  }

  /** The instant at which a token of {@code session} is dead. */
  static Instant expiry(Session session) {
    return session.end().truncatedTo(ChronoUnit.SECONDS);
  }

  /** What all claims but the attributes take at most, with a subject of 64 bytes. */
  int largestWithoutState() {
    Instant latest = Instant.ofEpochMilli(LATEST_MILLI);
    Session largest =
        Session.restore(
            new SessionKey("A".repeat(SessionKey.LENGTH)),
            "x".repeat(LONGEST_USUAL_SUBJECT),
            SecretHash.NONE,
            Long.MAX_VALUE,
            latest.minusMillis(LATEST_MILLI / 2),
            latest,
            Duration.ofDays(36_500),
            latest,
            Map.of());
    PayloadBytes bytes = new PayloadBytes(0);
    ClaimsWriter.write(this, largest, bytes);
    return (int) bytes.count() + ",\"att\":{}".length();
  }

  void write(Session session, OutputStream out) {
    try (JsonGenerator json = WRITING.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("iss", issuer);
      json.writeStringField("aud", audience);
      json.writeStringField("sid", session.key().text());
      json.writeNumberField("ver", session.version());
      if (!session.isAnonymous()) {
        json.writeStringField("sub", session.subject());
      }
      json.writeNumberField("cat", session.createdAt().toEpochMilli());
      json.writeNumberField("iat", session.lastSeen().getEpochSecond());
      json.writeNumberField("idl", session.idleTimeout().toSeconds());
      json.writeNumberField(
          "max", Duration.between(session.createdAt(), session.absoluteEnd()).toMillis());
      json.writeNumberField("exp", expiry(session).getEpochSecond());
      if (!session.attributes().isEmpty()) {
        write(session.attributes(), json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing into memory failed, which it cannot.", e);
    }
  }

  /** The session in a payload whose signature holds; refused if it is not exactly as written. */
  Session read(byte[] payload) throws RefusedException {
    try {
      JsonObject claims = JsonObject.parse(payload);
      claims.requireNamesIn(NAMES);
      Session session = session(claims);
      boolean ours =
          claims.text("iss").equals(issuer)
              && claims.text("aud").equals(audience)
              && claims.integer("exp", 0, LATEST_SECOND) == expiry(session).getEpochSecond();
      if (ours) {
        return session;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Signed by us or not, it is no session: refused below like any other.
    }
    throw new RefusedException(Refusal.CLAIMS);
  }

  @Override
  public String toString() {
    return "issuer " + issuer + ", audience " + audience;
  }

  private static void write(Map<String, String> attributes, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("att");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
  }

  private static Session session(JsonObject claims) throws IOException {
    String subject = claims.textOrNull("sub");
    if (subject != null && subject.isEmpty()) {
      throw new IllegalArgumentException("An anonymous session's token has no sub.");
    }
    Instant createdAt = Instant.ofEpochMilli(claims.integer("cat", 0, LATEST_MILLI));
    return Session.restore(
        new SessionKey(claims.text("sid")),
        subject == null ? "" : subject,
        SecretHash.NONE,
        claims.integer("ver", 1, Long.MAX_VALUE),
        createdAt,
        Instant.ofEpochSecond(claims.integer("iat", 0, LATEST_SECOND)),
        Duration.ofSeconds(claims.integer("idl", 1, LATEST_SECOND)),
        createdAt.plusMillis(claims.integer("max", 1, LATEST_MILLI)),
        claims.texts("att"));
  }

  private static byte[] beginningOf(SessionClaims claims) {
    PayloadBytes json = new PayloadBytes(JwtTokenService.MAX_TOKEN_BYTES);
    json.literal(ascii("{\"iss\":\""));
    json.text(claims.issuer);
    json.literal(ascii("\",\"aud\":\""));
    json.text(claims.audience);
    json.literal(ascii("\""));
    return json.kept();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String required(String name, String what) {
    requireNonNull(name, what);
    boolean named =
        !name.isBlank()
            && name.indexOf('\0') < 0
            && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (!named) {
      throw new IllegalArgumentException(
          "The %s is blank, has U+0000 or is not well-formed Unicode, so a token could not say whose it is. Pass a name, for instance the URL of your login or the name of your application."
              .formatted(what));
    }
    return name;
  }
}
