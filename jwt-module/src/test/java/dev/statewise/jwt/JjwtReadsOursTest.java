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
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JjwtReadsOursTest {

  static Stream<SigningKey> keys() {
    return Stream.of(Algorithm.values()).map(algorithm -> SigningKey.generate("k", algorithm));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  @DisplayName("a token of ours MUST be a JWT that JJWT's parser reads to the same claims")
  void standardJwt(SigningKey signing) {
    Credential token = Forge.service(signing).issue(session(Map.of("name", "\"Zoë\" 😀")));

    Jws<Claims> read =
        Jwts.parser()
            .keyLocator(header -> signing.verifying().key())
            .requireIssuer(ISSUER)
            .requireAudience(AUDIENCE)
            .clock(() -> Date.from(NOW))
            .build()
            .parseSignedClaims(token.value());

    assertThat(read.getHeader())
        .containsOnlyKeys("alg", "kid", "typ")
        .containsEntry("alg", signing.algorithm().alg())
        .containsEntry("typ", JwtTokenService.TYPE);
    assertThat(read.getPayload().getSubject()).isEqualTo("user-12345");
    assertThat(read.getPayload().getExpiration())
        .isEqualTo(Date.from(SessionClaims.expiry(session(Map.of()))));
    assertThat(read.getPayload()).containsEntry("att", Map.of("name", "\"Zoë\" 😀"));
  }
}
