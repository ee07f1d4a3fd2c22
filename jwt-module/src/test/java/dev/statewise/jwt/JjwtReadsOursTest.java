package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.AUDIENCE;
import static dev.statewise.jwt.Forge.ISSUER;
import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Credential;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JjwtReadsOursTest {

  static Stream<Arguments> keys() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    KeyPair rsa =
        KeyStrengthTest.pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    KeyPair curve = KeyStrengthTest.pair("EC", new ECGenParameterSpec("secp256r1"));
    KeyPair edwards = KeyStrengthTest.pair("Ed25519", NamedParameterSpec.ED25519);
    return Stream.of(
        Arguments.of(SigningKey.hs256("k", secret), new SecretKeySpec(secret, "HmacSHA256")),
        Arguments.of(SigningKey.rs256("k", rsa), rsa.getPublic()),
        Arguments.of(SigningKey.es256("k", curve), curve.getPublic()),
        Arguments.of(SigningKey.ed25519("k", edwards), edwards.getPublic()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  @DisplayName("a token of ours MUST be a JWT that JJWT's parser reads to the same claims")
  void standardJwt(SigningKey signing, Key key) {
    Credential token = Forge.service(signing).issue(session(Map.of("name", "\"Zoë\" 😀")));

    Jws<Claims> read =
        Jwts.parser()
            .keyLocator(header -> key)
            .requireIssuer(ISSUER)
            .requireAudience(AUDIENCE)
            .clock(() -> Date.from(NOW))
            .build()
            .parseSignedClaims(token.value());

    assertThat(read.getHeader())
        .containsOnlyKeys("alg", "kid", "typ")
        .containsEntry("alg", signing.algorithm())
        .containsEntry("typ", JwtTokenService.TYPE);
    assertThat(read.getPayload().getSubject()).isEqualTo("user-12345");
    assertThat(read.getPayload().getExpiration())
        .isEqualTo(Date.from(SessionClaims.expiry(session(Map.of()))));
    assertThat(read.getPayload()).containsEntry("att", Map.of("name", "\"Zoë\" 😀"));
  }
}
