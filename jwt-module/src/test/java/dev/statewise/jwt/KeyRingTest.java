package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.AUDIENCE;
import static dev.statewise.jwt.Forge.ISSUER;
import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.spi.Verification;
import java.lang.reflect.Proxy;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingTest {

  private static final SigningKey OLD = SigningKey.generateHs256("old");
  private static final SigningKey NEXT = SigningKey.generateHs256("next");

  @Test
  @DisplayName("a rotation MUST refuse nobody while the other key still verifies")
  void rotates() {
    JwtTokenService before = service(KeyRing.of(OLD).withVerifying(NEXT.verifying()));
    JwtTokenService after = service(KeyRing.of(NEXT).withVerifying(OLD.verifying()));
    Credential fromBefore = before.issue(session(Map.of()));
    Credential fromAfter = after.issue(session(Map.of()));

    assertThat(after.verify(fromBefore, NOW)).isInstanceOf(Verification.Verified.class);
    assertThat(before.verify(fromAfter, NOW)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  @DisplayName("a token of a key that was dropped MUST be refused")
  void dropsAKey() {
    Credential token = service(KeyRing.of(OLD)).issue(session(Map.of()));

    assertThat(service(KeyRing.of(NEXT)).verify(token, NOW))
        .isEqualTo(refused(Rejection.UNTRUSTED));
  }

  @Test
  @DisplayName("a token MUST be verified with the key it names and no other")
  void neverTriesAnotherKey() {
    SigningKey imposter = SigningKey.hs256("next", random(7));
    KeyRing ring = KeyRing.of(OLD).withVerifying(NEXT.verifying());
    Credential token = service(KeyRing.of(imposter)).issue(session(Map.of()));

    assertThat(service(ring).verify(token, NOW)).isEqualTo(refused(Rejection.UNTRUSTED));
  }

  @Test
  @DisplayName("public keys of several algorithms MAY share a ring, each with its own")
  void migratesBetweenAlgorithms() {
    SigningKey rsa = SigningKey.generateRs256("r");
    SigningKey edwards = SigningKey.generateEd25519("d");
    Credential token = service(KeyRing.of(rsa)).issue(session(Map.of()));

    KeyRing ring = KeyRing.of(edwards).withVerifying(rsa.verifying());

    assertThat(service(ring).verify(token, NOW)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  @DisplayName("two keys of one name MUST be refused")
  void refusesTwoOfOneName() {
    KeyRing ring = KeyRing.of(OLD).withVerifying(NEXT.verifying());
    VerifyingKey again = SigningKey.generateHs256("next").verifying();

    assertThatThrownBy(() -> ring.withVerifying(again))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'next'");
  }

  @Test
  @DisplayName("a shared secret and a public key in one ring MUST be refused, either way round")
  void refusesMixedSymmetry() {
    SigningKey curve = SigningKey.generateEs256("curve");

    assertThatThrownBy(() -> KeyRing.of(OLD).withVerifying(curve.verifying()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'curve' (ES256)");
    assertThatThrownBy(() -> KeyRing.of(curve).withVerifying(OLD.verifying()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'old' (HS256)");
  }

  @Test
  @DisplayName("one key with two algorithms MUST be refused, whatever its two names are")
  void refusesOneKeyWithTwoAlgorithms() {
    byte[] secret = random(11);
    SigningKey mac = SigningKey.of("mac", Algorithm.HS256, secret);
    VerifyingKey same = SigningKey.of("same", Algorithm.HS256, secret).verifying();
    RSAPublicKey rsa = (RSAPublicKey) SigningKey.generateRs256("r").verifying().key();
    KeyRing ring =
        KeyRing.of(SigningKey.generateEs256("e")).withVerifying(VerifyingKey.rs256("rs", rsa));

    assertThatCode(() -> KeyRing.of(mac).withVerifying(same)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ring.withVerifying(VerifyingKey.ps256("ps", rsa)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'ps' (PS256)")
        .hasMessageContaining("'rs' (RS256)");
  }

  @Test
  @DisplayName("one RSA key as RSA and as RSASSA-PSS MUST be known for one key")
  void knowsAnRsaKeyHoweverEncoded() throws Exception {
    RSAPublicKey rsa = (RSAPublicKey) SigningKey.generateRs256("r").verifying().key();
    RSAPublicKey pss =
        (RSAPublicKey)
            KeyFactory.getInstance("RSASSA-PSS")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    VerifyingKey one = VerifyingKey.rs256("rs", rsa);
    VerifyingKey other = VerifyingKey.ps256("ps", pss);
    KeyRing ring = KeyRing.of(SigningKey.generateEs256("e")).withVerifying(one);

    assertThat(pss.getEncoded()).isNotEqualTo(rsa.getEncoded());
    assertThatThrownBy(() -> IssuerKeys.of(one, other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ring.withVerifying(other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "ES256", "ED25519"})
  @DisplayName("a stolen key that shows no encoding MUST be dropped, and its other names too")
  void dropsAKeyWithoutEncoding(Algorithm algorithm) {
    PublicKey key = (PublicKey) SigningKey.generate("x", algorithm).verifying().key();
    PublicKey opaque = withoutEncoding(key);
    // The JDK verifies with none such; a provider of a device does.
    Provider any = SigningKey.generate("x", algorithm).verifying().provider();
    KeyRing ring =
        KeyRing.of(SigningKey.generateEs256("e"))
            .withVerifying(VerifyingKey.unchecked("stolen", algorithm, opaque, any))
            .withVerifying(VerifyingKey.of("again", algorithm, key));

    assertThat(ring.without("stolen").members())
        .extracting(member -> member.key().kid())
        .containsExactly("e");
  }

  /** The key as one of a device: its numbers can be asked for, and it has no encoding. */
  private static PublicKey withoutEncoding(PublicKey key) {
    Class<?> kind =
        key instanceof RSAPublicKey
            ? RSAPublicKey.class
            : key instanceof ECPublicKey ? ECPublicKey.class : EdECPublicKey.class;
    return (PublicKey)
        Proxy.newProxyInstance(
            KeyRingTest.class.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) ->
                method.getName().equals("getEncoded") ? null : method.invoke(key, arguments));
  }

  @Test
  @DisplayName("nothing of a key but its name and algorithm MUST be printed")
  void printsNoKey() {
    byte[] secret = random(3);
    SigningKey key = SigningKey.hs256("2026-11", secret);
    KeyRing ring = KeyRing.of(key);

    assertThat(key).hasToString("SigningKey[2026-11 HS256, redacted]");
    assertThat(key.verifying()).hasToString("VerifyingKey[2026-11 HS256]");
    assertThat(ring)
        .hasToString("KeyRing[SigningKey[2026-11 HS256, redacted] signs, [2026-11] verify]");
    assertThat(service(ring).toString()).contains(ISSUER, AUDIENCE, ring.toString());
  }

  @Test
  @DisplayName("a secret MUST be copied: changing the array afterwards changes no key")
  void copiesTheSecret() {
    byte[] secret = random(5);
    SigningKey key = SigningKey.hs256("k", secret);
    Credential token = service(KeyRing.of(key)).issue(session(Map.of()));

    secret[0]++;

    assertThat(service(KeyRing.of(key)).verify(token, NOW))
        .isInstanceOf(Verification.Verified.class);
    assertThat(service(KeyRing.of(SigningKey.hs256("k", secret))).verify(token, NOW))
        .isEqualTo(refused(Rejection.UNTRUSTED));
  }

  private static byte[] random(long seed) {
    byte[] bytes = new byte[32];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static JwtTokenService service(KeyRing ring) {
    return JwtTokenService.of(ring, ISSUER, AUDIENCE);
  }
}
