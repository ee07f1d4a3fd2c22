package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {

  private static final SigningKey HS256 = SigningKey.generateHs256("k1");

  static Stream<SigningKey> keys() {
    return Stream.of(
        HS256,
        SigningKey.generateRs256("r1"),
        SigningKey.generateEs256("e1"),
        SigningKey.generateEd25519("d1"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  @DisplayName("a session MUST come back as it was issued, but for lastSeen cut to the second")
  void comesBack(SigningKey key) {
    Session session = session(Map.of("cart", "42", "größe", "\"\\\n😀"));

    Credential token = service(key).issue(session);

    assertThat(service(key).verify(token, NOW)).isEqualTo(new Verification.Verified(cut(session)));
  }

  @Test
  @DisplayName("a token MUST carry exactly the claims that are documented, with those values")
  void writesTheDocumentedClaims() {
    Credential token = service(HS256).issue(session(Map.of("cart", "42")));

    assertThat(Forge.payloadOf(token)).isEqualTo(Forge.claims());
    assertThat(token.value()).startsWith(Base64Url.encode(Forge.utf8(Forge.header(HS256))) + ".");
  }

  @Test
  @DisplayName("an anonymous session MUST come back anonymous, from a token without sub and att")
  void anonymous() {
    Session session = session("", Map.of());

    Credential token = service(HS256).issue(session);

    assertThat(Forge.payloadOf(token)).doesNotContain("\"sub\"").doesNotContain("\"att\"");
    assertThat(service(HS256).verify(token, NOW))
        .isEqualTo(new Verification.Verified(cut(session)));
  }

  @Test
  @DisplayName("a token MUST be alive up to its end rounded down to the second, and dead at it")
  void deadAtItsEnd() {
    Session session = session(Map.of());
    Credential token = service(HS256).issue(session);
    Instant end = session.end().truncatedTo(ChronoUnit.SECONDS);

    Verification before = service(HS256).verify(token, end.minusMillis(1));
    Verification at = service(HS256).verify(token, end);

    assertThat(before).isEqualTo(new Verification.Verified(cut(session)));
    assertThat(at).isEqualTo(new Verification.Expired(cut(session)));
  }

  @Test
  @DisplayName("the absolute end MUST cap a token's life")
  void absoluteEndCaps() {
    Instant end = NOW.plusSeconds(90);
    Session session = restored(1, NOW.minusSeconds(5), NOW, Duration.ofHours(1), end);
    Credential token = service(HS256).issue(session);

    assertThat(service(HS256).verify(token, end.minusMillis(701)))
        .isEqualTo(new Verification.Verified(cut(session)));
    assertThat(service(HS256).verify(token, end.minusMillis(700)))
        .isEqualTo(new Verification.Expired(cut(session)));
  }

  @Test
  @DisplayName("the extremes of every value MUST come back")
  void extremes() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
    Session oldest =
        restored(1, Instant.EPOCH, Instant.EPOCH, Duration.ofSeconds(1), Instant.ofEpochMilli(1));
    Session latest = restored(Long.MAX_VALUE, Instant.EPOCH, last, Duration.ofDays(36_500), last);

    for (Session session : new Session[] {oldest, latest}) {
      Credential token = service(HS256).issue(session);
      assertThat(service(HS256).verify(token, Instant.EPOCH))
          .isInstanceOfAny(Verification.Verified.class, Verification.Expired.class)
          .extracting("session")
          .isEqualTo(cut(session));
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  @DisplayName("a state that does not fit MUST be refused before signing, with the exact size")
  void tooLarge(SigningKey key) {
    JwtTokenService service = service(key).withMaxTokenBytes(1024);
    Session fits = session(Map.of());
    while (service(key).issue(fits.with("a", "x" + fits.attribute("a").orElse(""))).value().length()
        <= 1024) {
      fits = fits.with("a", "x" + fits.attribute("a").orElse(""));
    }
    Session over = fits.with("a", "x" + fits.attribute("a").orElse(""));
    int bytes = service(key).issue(over).value().length();

    assertThat(service.issue(fits).value()).hasSizeLessThanOrEqualTo(1024);
    assertThatThrownBy(() -> service.issue(over))
        .isInstanceOfSatisfying(
            TokenTooLargeException.class,
            e -> {
              assertThat(e.bytes()).isEqualTo(bytes);
              assertThat(e.limit()).isEqualTo(1024);
            });
  }

  @Test
  @DisplayName("a state of 20 MB MUST be refused without being held in memory a second time")
  void hugeStateIsCheap() {
    JwtTokenService service = service(HS256);
    Session huge = session(Map.of("a", "x".repeat(20 << 20)));

    long allocated =
        Allocation.during(
            () ->
                assertThatThrownBy(() -> service.issue(huge))
                    .isInstanceOf(TokenTooLargeException.class));

    assertThat(allocated).isLessThan(2 << 20);
  }

  @Test
  @DisplayName("an HS256 token with own claims only MUST fit a bearer line of 380 bytes")
  void bearerLineIsShort() {
    assertThat(Forge.ISSUER.length() + Forge.AUDIENCE.length()).isEqualTo(20);
    Session first = session(Map.of());
    Session rotated =
        restored(
            (3L << 32) + 7,
            first.createdAt(),
            first.lastSeen(),
            first.idleTimeout(),
            first.absoluteEnd());

    for (Session session : new Session[] {first, rotated}) {
      String line = "Authorization: Bearer " + service(HS256).issue(session).value() + "\r\n";
      assertThat(Forge.utf8(line)).hasSizeLessThanOrEqualTo(380);
    }
  }

  @Test
  @DisplayName("many attributes MUST come back")
  void manyAttributes() {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      attributes.put("n" + i, "v" + i);
    }
    Session session = session(attributes);

    Credential token = service(HS256).issue(session);

    assertThat(service(HS256).verify(token, NOW))
        .isEqualTo(new Verification.Verified(cut(session)));
  }

  private static Session restored(
      long version, Instant createdAt, Instant lastSeen, Duration idle, Instant absoluteEnd) {
    return Session.restore(
        Forge.KEY,
        "user-12345",
        SecretHash.NONE,
        version,
        createdAt,
        lastSeen,
        idle,
        absoluteEnd,
        Map.of());
  }

  private static Session cut(Session session) {
    return Session.restore(
        session.key(),
        session.subject(),
        SecretHash.NONE,
        session.version(),
        session.createdAt(),
        session.lastSeen().truncatedTo(ChronoUnit.SECONDS),
        session.idleTimeout(),
        session.absoluteEnd(),
        session.attributes());
  }
}
