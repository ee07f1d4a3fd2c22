package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.spi.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T1: a session comes back from its token. */
abstract class RoundTripRules extends TokenRules {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  RoundTripRules(TokenServiceTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("T1.1 a token MUST be verified by another service with the same settings")
  void anotherNode() {
    Session session = Sample.session();

    Credential token = issuer.issue(session);

    assertEquals(
        new Verified(expected(session)),
        verifier.verify(token, Sample.NOW),
        "a request that reaches another node is not recognised");
  }

  @Test
  @DisplayName("T1.2 what comes back MUST equal the session but for lastSeen and secretHash")
  void everyPart() {
    Session session =
        Sample.of("alice")
            .version(3)
            .createdAt(Sample.NOW.minusMillis(12_345))
            .lastSeen(Sample.NOW)
            .idleTimeout(Duration.ofSeconds(1_801))
            .absoluteEnd(Sample.NOW.plusSeconds(9_000).plusMillis(1))
            .build();

    Session back = verified(session);

    Session butForTwo =
        Sample.like(back).lastSeen(session.lastSeen()).secretHash(session.secretHash()).build();
    Difference.assertSame(session, butForTwo, "what comes back is not what was issued");
  }

  @Test
  @DisplayName("T1.3 lastSeen MUST come back cut to the second")
  void lastSeenIsCut() {
    Session session = Sample.of("alice").lastSeen(Sample.NOW.plusMillis(800)).build();

    Session back = verified(session);

    assertEquals(Instant.parse("2026-03-01T12:00:00Z"), back.lastSeen(), "not rounded, but cut");
  }

  @Test
  @DisplayName("T1.4 a token MUST NOT carry the secret hash")
  void noSecretHash() {
    Session session = Sample.session();
    byte[] hash = session.secretHash().bytes();

    Credential token = issuer.issue(session);

    assertEquals(SecretHash.NONE, verified(session).secretHash(), "a token has no secret");
    for (String text : List.of(token.value(), decoded(token))) {
      assertFalse(
          spellings(hash).anyMatch(text::contains), "the hash of a secret was handed to a client");
    }
  }

  @Test
  @DisplayName("T1.5 a version MUST come back exactly up to the largest long")
  void versions() {
    for (long version :
        new long[] {1, (1L << 32) + 1, (1L << 53) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
      Session back = verified(Sample.of("alice").version(version).build());

      assertEquals(version, back.version(), "a version was rounded, and a floor would miss it");
    }
  }

  @Test
  @DisplayName("T1.6 createdAt and absoluteEnd MUST come back to the millisecond from 1970 to 9999")
  void instants() {
    for (Instant birth :
        List.of(
            Instant.EPOCH,
            Instant.parse("2001-09-09T01:46:39.999Z"),
            Instant.parse("2038-01-19T03:14:08.001Z"),
            LATEST.minusSeconds(3_600))) {
      Session session = Sample.of("alice").createdAt(birth).absoluteEnd(LATEST).build();

      Difference.assertSame(expected(session), verified(session), "created at " + birth);
    }
  }

  @Test
  @DisplayName("T1.7 an idle timeout MUST come back from 1 s to 36,500 days")
  void idleTimeouts() {
    for (Duration timeout :
        List.of(Duration.ofSeconds(2), Duration.ofDays(30), Duration.ofDays(36_500))) {
      Session session = Sample.of("alice").idleTimeout(timeout).absoluteEnd(LATEST).build();

      Difference.assertSame(expected(session), verified(session), "idle for " + timeout);
    }
  }

  @Test
  @DisplayName("T1.8 an anonymous session MUST come back as one")
  void anonymous() {
    Session session = Sample.anonymous().build();

    Difference.assertSame(expected(session), verified(session), "a visitor's session");
  }

  @Test
  @DisplayName("T1.9 hostile text MUST come back unchanged in subject, names and values")
  void hostileText() {
    for (String text : HostileText.carried()) {
      Session session = Sample.of(text).attributes(Map.of(text, text)).build();

      Difference.assertSame(expected(session), verified(session), "hostile text: " + text);
    }
  }

  @Test
  @DisplayName("T1.10 emptiness MUST come back as it was: no attribute, no value, no name")
  void emptiness() {
    for (Map<String, String> empty :
        List.of(Map.<String, String>of(), Map.of("name", ""), Map.of("", "value"))) {
      Session session = Sample.session().withAttributes(empty);

      Difference.assertSame(expected(session), verified(session), "attributes " + empty);
    }
  }

  @Test
  @DisplayName("T1.11 attributes named like claims MUST NOT be taken for claims")
  void attributesAreNotClaims() {
    for (String name :
        List.of("sub", "iss", "aud", "exp", "iat", "nbf", "jti", "sid", "ver", "typ", "alg")) {
      Session session = Sample.session().withAttributes(Map.of(name, "0"));

      Difference.assertSame(expected(session), verified(session), "an attribute named " + name);
    }
  }

  @Test
  @DisplayName("T1.12 an earlier token of a session MUST stay good when another is issued")
  void earlierTokenStaysGood() {
    Session session = Sample.session();
    Credential first = issuer.issue(session);

    Credential second = issuer.issue(session.next(Sample.NOW.plusSeconds(1)));

    assertEquals(1, assertVerified(first, Sample.NOW, "the first token").version());
    assertEquals(2, assertVerified(second, Sample.NOW, "the second token").version());
  }

  @Test
  @DisplayName("T1.13 a service MUST serve several threads at once")
  void threads() {
    Handles.race(
        2,
        kit.races() / 4,
        race -> {
          Session mine = Sample.session();
          Session theirs = Sample.of("bob").build();

          race.<Session>between(() -> verified(mine), () -> verified(theirs))
              .then(
                  back ->
                      assertEquals(
                          List.of(expected(mine), expected(theirs)),
                          back,
                          "one thread got another's session"));
        });
  }

  private static String decoded(Credential token) {
    StringBuilder text = new StringBuilder();
    for (String part : token.value().split("\\.", -1)) {
      try {
        text.append(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException notBase64) {
        text.append(part);
      }
      text.append('.');
    }
    return text.toString();
  }

  private static Stream<String> spellings(byte[] hash) {
    return Stream.of(
        HexFormat.of().formatHex(hash),
        Base64.getEncoder().withoutPadding().encodeToString(hash),
        Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
        new String(hash, StandardCharsets.ISO_8859_1));
  }
}
