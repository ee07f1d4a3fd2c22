package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.AUDIENCE;
import static dev.statewise.jwt.Forge.ISSUER;
import static dev.statewise.jwt.Forge.KEY;
import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.SessionPolicy;
import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

  private static final SigningKey OLD = SigningKey.generateHs256("old");
  private static final SigningKey NEXT = SigningKey.generateHs256("next");
  private static final SigningKey THIRD = SigningKey.generateHs256("third");
  private static final SigningKey CURVE = SigningKey.generateEs256("curve");

  private static final Duration ROLLOUT = Duration.ofMinutes(10);
  private static final SessionPolicy POLICY =
      SessionPolicy.builder()
          .idleTimeout(Duration.ofMinutes(30))
          .maxIdleTimeout(Duration.ofMinutes(45))
          .clockSkew(Duration.ofSeconds(20))
          .build();

  private static final KeyRing BOTH = KeyRing.of(OLD).withNext(NEXT);
  private static final KeyRing ROTATED = BOTH.rotated(NOW, ROLLOUT, POLICY);
  private static final Instant RETIRES =
      Instant.parse("2026-11-22T11:30:00Z").plus(ROLLOUT).plusSeconds(45 * 60 + 20);

  @Test
  @DisplayName("a next key MUST verify already and MUST NOT sign yet")
  void nextVerifies() {
    assertThat(verify(BOTH, token(NEXT), NOW)).isInstanceOf(Verified.class);
    assertThat(verify(KeyRing.of(OLD), issued(BOTH), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("of a rotated ring the next key MUST sign, and the one before verify")
  void rotates() {
    assertThat(verify(KeyRing.of(NEXT), issued(ROTATED), NOW)).isInstanceOf(Verified.class);
    assertThat(verify(ROTATED, token(OLD), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("nodes in two neighbouring steps of a rotation MUST read each other's tokens")
  void neighbours() {
    List<KeyRing> steps = List.of(KeyRing.of(OLD), BOTH, ROTATED);
    for (int i = 1; i < steps.size(); i++) {
      assertThat(verify(steps.get(i), issued(steps.get(i - 1)), NOW)).isInstanceOf(Verified.class);
      assertThat(verify(steps.get(i - 1), issued(steps.get(i)), NOW)).isInstanceOf(Verified.class);
    }
    assertThat(verify(KeyRing.of(NEXT), issued(ROTATED), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("a retiring key MUST verify the last token that any node could sign with it")
  void longestToken() {
    Instant lastSigned = NOW.plus(ROLLOUT).plus(POLICY.clockSkew());
    Credential last = service(KeyRing.of(OLD)).issue(longest(lastSigned));

    assertThat(verify(ROTATED, last, RETIRES.minusMillis(1))).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("a retiring key MUST verify up to the instant it retires in, and not in it")
  void retires() {
    Credential longer = service(KeyRing.of(OLD)).issue(longest(RETIRES));

    assertThat(verify(ROTATED, longer, RETIRES.minusMillis(1))).isInstanceOf(Verified.class);
    assertThat(verify(ROTATED, longer, RETIRES)).isEqualTo(refused(UNTRUSTED));
  }

  @Test
  @DisplayName("a token that was seen before MUST be refused when its key has retired")
  void retiresTheSeen() {
    List<Refusal> told = new ArrayList<>();
    JwtTokenService service = service(ROTATED).withRefusalListener(told::add);
    Credential longer = service(KeyRing.of(OLD)).issue(longest(RETIRES));
    Verification seen = service.verify(longer, NOW);

    assertThat(service.verify(longer, RETIRES.minusMillis(1))).isSameAs(seen);
    assertThat(service.verify(longer, RETIRES)).isEqualTo(refused(UNTRUSTED));
    assertThat(told).containsExactly(Refusal.RETIRED);
  }

  @Test
  @DisplayName("a token of a retiring key MUST still expire before its key retires, and say so")
  void expiresBefore() {
    JwtTokenService service = service(ROTATED);
    Credential token = token(OLD);
    Instant end = SessionClaims.expiry(session(Map.of()));
    service.verify(token, NOW);

    assertThat(service.verify(token, end)).isInstanceOf(Verification.Expired.class);
    assertThat(service(ROTATED).verify(token, end)).isInstanceOf(Verification.Expired.class);
  }

  @Test
  @DisplayName("a node that is started while a key retires MUST judge it as the others do")
  void startedLate() {
    KeyRing late = KeyRing.of(NEXT).withRetiring(OLD.verifying(), RETIRES.plusMillis(999));
    Credential longer = service(KeyRing.of(OLD)).issue(longest(RETIRES));

    assertThat(verify(late, longer, RETIRES.minusMillis(1))).isInstanceOf(Verified.class);
    assertThat(verify(late, longer, RETIRES)).isEqualTo(refused(UNTRUSTED));
    assertThat(verify(late, longer, RETIRES.plusSeconds(1))).isEqualTo(refused(UNTRUSTED));
  }

  @Test
  @DisplayName("the reference MUST judge retiring keys as the fast path does")
  void reference() {
    SessionClaims claims = new SessionClaims(ISSUER, AUDIENCE);
    Reference reference = new Reference(ROTATED, claims, JwtTokenService.MAX_TOKEN_BYTES);
    Credential longer = service(KeyRing.of(OLD)).issue(longest(RETIRES));

    for (Instant now : List.of(NOW, RETIRES.minusMillis(1), RETIRES, RETIRES.plusSeconds(60))) {
      assertThat(reference.verify(longer.value(), now))
          .as("at %s", now)
          .isEqualTo(verify(ROTATED, longer, now));
    }
  }

  @Test
  @DisplayName("a key that never retires MUST verify for ever")
  void neverRetires() {
    Instant far = Instant.parse("9999-12-31T00:00:00Z");
    KeyRing ring = KeyRing.of(NEXT).withVerifying(OLD.verifying());

    assertThat(verify(ring, token(OLD), far)).isInstanceOf(Verification.Expired.class);
    assertThat(verify(ring, token(NEXT), far)).isInstanceOf(Verification.Expired.class);
  }

  @Test
  @DisplayName("a later rotation MUST keep who still retires, and leave out who has")
  void leavesOut() {
    KeyRing soon = ROTATED.withNext(THIRD).rotated(RETIRES.minusSeconds(1), ROLLOUT, POLICY);
    KeyRing late = ROTATED.withNext(THIRD).rotated(RETIRES, ROLLOUT, POLICY);

    assertThat(soon.members())
        .extracting(m -> m.key().kid())
        .containsExactly("third", "next", "old");
    assertThat(late.members()).extracting(m -> m.key().kid()).containsExactly("third", "next");
    assertThat(verify(soon, token(OLD), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("a ring without a next key MUST NOT be rotated")
  void nothingToRotateTo() {
    assertThatThrownBy(() -> ROTATED.rotated(NOW, ROLLOUT, POLICY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("withNext");
  }

  @Test
  @DisplayName("a negative rollout MUST be refused with its value")
  void negativeRollout() {
    assertThatThrownBy(() -> BOTH.rotated(NOW, Duration.ofSeconds(-1), POLICY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(PT-1S)");
  }

  @Test
  @DisplayName("a second next key MUST be refused, and so MUST names that are taken")
  void refusesNext() {
    assertThatThrownBy(() -> BOTH.withNext(THIRD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'next'")
        .hasMessageContaining("'third'");
    SigningKey again = SigningKey.generateHs256("old");
    assertThatThrownBy(() -> KeyRing.of(OLD).withNext(again))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'old'");
    assertThatThrownBy(() -> KeyRing.of(OLD).withRetiring(again.verifying(), RETIRES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'old'");
  }

  @Test
  @DisplayName("secrets and public keys MUST NOT share a ring as next or retiring key either")
  void refusesMixedSymmetry() {
    assertThatThrownBy(() -> KeyRing.of(OLD).withNext(CURVE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'curve' (ES256)");
    assertThatThrownBy(() -> KeyRing.of(CURVE).withRetiring(OLD.verifying(), RETIRES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'old' (HS256)");
  }

  @Test
  @DisplayName(
      "a stolen key MUST be dropped at once: the next one signs, and nothing of it is read")
  void dropsTheCurrentKey() {
    KeyRing after = BOTH.without("old");

    assertThat(verify(after, token(OLD), NOW)).isEqualTo(refused(UNTRUSTED));
    assertThat(verify(KeyRing.of(NEXT), issued(after), NOW)).isInstanceOf(Verified.class);
    assertThatThrownBy(() -> after.rotated(NOW, ROLLOUT, POLICY))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("a stolen key that is next or retiring MUST be dropped, and the current one sign on")
  void dropsAnotherKey() {
    assertThat(verify(BOTH.without("next"), token(NEXT), NOW)).isEqualTo(refused(UNTRUSTED));
    assertThat(verify(ROTATED.without("old"), token(OLD), NOW)).isEqualTo(refused(UNTRUSTED));
    assertThat(verify(BOTH, issued(BOTH.without("next")), NOW)).isInstanceOf(Verified.class);
    KeyRing another = BOTH.without("next").withNext(THIRD);
    assertThat(another.rotated(NOW, ROLLOUT, POLICY).signing()).isSameAs(THIRD);
    assertThat(BOTH.withVerifying(THIRD.verifying()).without("third").rotated(NOW, ROLLOUT, POLICY))
        .extracting(KeyRing::signing)
        .isSameAs(NEXT);
  }

  @Test
  @DisplayName("a stolen key MUST be dropped under each name that it has")
  void dropsEachName() {
    byte[] secret = new byte[32];
    new java.util.Random(17).nextBytes(secret);
    KeyRing ring =
        KeyRing.of(NEXT)
            .withVerifying(SigningKey.hs256("one", secret).verifying())
            .withRetiring(SigningKey.hs256("two", secret).verifying(), RETIRES);

    assertThat(ring.without("one").members()).extracting(m -> m.key().kid()).containsOnly("next");
  }

  @Test
  @DisplayName("the only key that can sign MUST NOT be dropped, nor one that is not there")
  void refusesToDrop() {
    assertThatThrownBy(() -> ROTATED.without("next"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'next'");
    assertThatThrownBy(() -> ROTATED.without("odl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'odl'")
        .hasMessageContaining("old");
  }

  @Test
  @DisplayName("a ring MUST stay what it is, whatever is made of it")
  void immutable() {
    KeyRing ring = KeyRing.of(OLD).withNext(NEXT);
    String before = ring.toString();

    ring.rotated(NOW, ROLLOUT, POLICY);
    ring.without("old");
    ring.withVerifying(THIRD.verifying());
    ring.withRetiring(THIRD.verifying(), RETIRES);

    assertThat(ring).hasToString(before);
    assertThat(verify(ring, token(THIRD), NOW)).isEqualTo(refused(UNTRUSTED));
    assertThat(verify(KeyRing.of(OLD), issued(ring), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("a ring MUST print who signs, who is next and who retires when")
  void prints() {
    assertThat(ROTATED.withNext(THIRD))
        .hasToString(
            "KeyRing[SigningKey[next HS256, redacted] signs, [next, old, third] verify,"
                + " next SigningKey[third HS256, redacted], old until 2026-11-22T12:25:20Z]");
  }

  /** A session of the longest idle timeout that was last seen at {@code now}. */
  private static Session longest(Instant now) {
    return Session.restore(
        KEY,
        "alice",
        SecretHash.NONE,
        1,
        now,
        now,
        POLICY.maxIdleTimeout(),
        now.plus(POLICY.absoluteLifetime()),
        Map.of());
  }

  private static Verification verify(KeyRing ring, Credential token, Instant now) {
    return service(ring).verify(token, now);
  }

  private static Credential issued(KeyRing ring) {
    return service(ring).issue(session(Map.of()));
  }

  private static Credential token(SigningKey key) {
    return issued(KeyRing.of(key));
  }

  private static JwtTokenService service(KeyRing ring) {
    return JwtTokenService.of(ring, ISSUER, AUDIENCE);
  }
}
