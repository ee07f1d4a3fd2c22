package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.SessionPolicy;
import dev.statewise.session.Credential;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.JwkSet;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JwksTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> PUBLIC =
      Set.of("kty", "use", "alg", "kid", "n", "e", "crv", "x", "y");
  private static final KeyPair RSA = rsa();
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = Mode.MATCH_NONE, names = "HS.*")
  @DisplayName("who reads the published set MUST be able to verify tokens of ours with it")
  void verifiesWithIt(Algorithm algorithm) {
    SigningKey key = key(algorithm);
    Credential token = Forge.service(key).issue(session(Map.of("cart", "42")));
    JwkSet published = Jwks.setParser().build().parse(KeyRing.of(key).jwks(NOW));

    Jws<Claims> read =
        Jwts.parser()
            .keyLocator(header -> key(published, header))
            .clock(() -> Date.from(NOW))
            .build()
            .parseSignedClaims(token.value());

    assertThat(read.getPayload().getSubject()).isEqualTo("user-12345");
    assertThat(published.getKeys())
        .singleElement()
        .satisfies(
            jwk -> {
              assertThat(jwk.getAlgorithm()).isEqualTo(algorithm.alg());
              assertThat(jwk).containsEntry("use", "sig");
              assertThat(jwk.toKey().getEncoded()).isEqualTo(key.verifying().key().getEncoded());
              assertThat(((PublicKey) jwk.toKey()).getFormat()).isEqualTo("X.509");
            });
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = Mode.MATCH_NONE, names = "HS.*")
  @DisplayName("nothing of a private key MUST be published")
  void nothingPrivate(Algorithm algorithm) {
    SigningKey key = key(algorithm);
    KeyRing ring =
        KeyRing.of(SigningKey.generateEs256("k0"))
            .withNext(key)
            .withRetiring(SigningKey.generateEd25519("k2").verifying(), NOW.plusSeconds(1));

    assertThat(keys(ring.jwks(NOW)))
        .hasSize(3)
        .allSatisfy(
            jwk -> {
              assertThat(names(jwk)).isSubsetOf(PUBLIC).doesNotContainAnyElementsOf(PRIVATE);
              assertThat(jwk.get("kty").asText()).isIn("RSA", "EC", "OKP");
            });
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = Mode.MATCH_ALL, names = "HS.*")
  @DisplayName("nothing of a shared secret MUST be published, not even its hash as a name")
  void nothingShared(Algorithm algorithm) {
    SigningKey key = SigningKey.generate("k1", algorithm);

    assertThatThrownBy(() -> KeyRing.of(key).jwks(NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shared secrets");
    assertThatThrownBy(() -> PublicJwk.of(key.verifying()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(key::namedByThumbprint).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(key.verifying()::namedByThumbprint)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName(
      "the current, the next and the verifying keys MUST be published; the retiring until then")
  void whoIsPublished() {
    KeyRing ring =
        KeyRing.of(SigningKey.generateEs256("old"))
            .withNext(SigningKey.generateEd25519("current"))
            .rotated(NOW, Duration.ZERO, SessionPolicy.defaults())
            .withNext(SigningKey.generateEs256("next"))
            .withVerifying(SigningKey.generateEs256("node-2").verifying());
    Instant retires = Instant.parse("2026-11-22T12:00:30Z");

    assertThat(kids(ring, NOW)).containsExactly("current", "old", "next", "node-2");
    assertThat(kids(ring, retires.minusMillis(1))).contains("old");
    assertThat(kids(ring, retires)).containsExactly("current", "next", "node-2");
  }

  @Test
  @DisplayName("coordinates MUST have the length of their curve, leading zeros included")
  void coordinatesHaveFixedLength() {
    // The first byte of a coordinate on P-521 is zero every other time.
    for (int i = 0; i < 12; i++) {
      SigningKey key = SigningKey.generate("k", Algorithm.ES512);
      JsonNode jwk = keys(KeyRing.of(key).jwks(NOW)).get(0);
      assertThat(jwk.get("x").asText()).hasSize(88);
      assertThat(jwk.get("y").asText()).hasSize(88);
      assertThat(Jwk.key(jwk)).isEqualTo(key.verifying().key());
    }
  }

  @Test
  @DisplayName("a point of Ed25519 MUST be encoded as RFC 8032 does, whichever x it has")
  void edwardsPoints() {
    for (int i = 0; i < 12; i++) {
      SigningKey key = SigningKey.generateEd25519("k");
      JsonNode jwk = keys(KeyRing.of(key).jwks(NOW)).get(0);
      assertThat(Jwk.key(jwk).getEncoded()).isEqualTo(key.verifying().key().getEncoded());
    }
  }

  @Test
  @DisplayName("thumbprints MUST be those of RFC 7638 §3.1 and RFC 8037 §A.3")
  void thumbprintsOfTheRfcs() {
    VerifyingKey rsa =
        verifying(
            Algorithm.RS256,
            """
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aP\
            FFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5\
            v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-\
            bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB"}""");
    VerifyingKey edwards =
        verifying(
            Algorithm.ED25519,
            """
            {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""");

    assertThat(rsa.namedByThumbprint().kid())
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assertThat(edwards.namedByThumbprint().kid())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = Mode.MATCH_NONE, names = "HS.*")
  @DisplayName("a key's thumbprint MUST be the one that JJWT reckons, and the key sign as before")
  void thumbprints(Algorithm algorithm) {
    SigningKey key = key(algorithm);
    SigningKey named = key.namedByThumbprint();
    String reckoned =
        Jwks.setParser().build().parse(KeyRing.of(key).jwks(NOW)).getKeys().stream()
            .map(jwk -> jwk.thumbprint().toString())
            .findFirst()
            .orElseThrow();

    assertThat(named.kid()).isEqualTo(reckoned).isEqualTo(named.verifying().kid());
    assertThat(Forge.verify(named, Forge.service(named).issue(session(Map.of()))))
        .isInstanceOf(dev.statewise.spi.Verification.Verified.class);
    assertThat(named.verifying().key()).isSameAs(key.verifying().key());
  }

  /** Making an RSA key takes long, so there is one pair for all. */
  private static SigningKey key(Algorithm algorithm) {
    return switch (algorithm) {
      case RS256, RS384, RS512, PS256, PS384, PS512 -> SigningKey.of("k1", algorithm, RSA);
      default -> SigningKey.generate("k1", algorithm);
    };
  }

  private static KeyPair rsa() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static VerifyingKey verifying(Algorithm algorithm, String jwk) {
    try {
      return VerifyingKey.of("k", algorithm, (PublicKey) Jwk.key(JSON.readTree(jwk)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Key key(JwkSet set, Header header) {
    return set.getKeys().stream()
        .filter(jwk -> jwk.getId().equals(header.get("kid")))
        .findFirst()
        .orElseThrow()
        .toKey();
  }

  private static List<String> kids(KeyRing ring, Instant now) {
    return keys(ring.jwks(now)).stream().map(jwk -> jwk.get("kid").asText()).toList();
  }

  private static List<String> names(JsonNode jwk) {
    return jwk.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<JsonNode> keys(String jwks) {
    try {
      JsonNode set = JSON.readTree(jwks);
      assertThat(names(set)).containsExactly("keys");
      return Stream.of(set.get("keys")).flatMap(keys -> keys.valueStream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
