package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.signed;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.jwt.Algorithm.Family;
import dev.statewise.session.Credential;
import dev.statewise.spi.Verification;
import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Thirteen algorithms, and one for each key. */
class AlgorithmTest {

  private static final byte[] SECRET = random(64);
  private static final KeyPair RSA =
      KeyStrengthTest.pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

  /** Keys of one material: all HMACs of one secret, all of RSA of one pair. */
  static Stream<List<SigningKey>> sameMaterial() {
    List<SigningKey> secrets = new ArrayList<>();
    List<SigningKey> pairs = new ArrayList<>();
    for (Algorithm algorithm : Algorithm.values()) {
      switch (algorithm.family()) {
        case HMAC -> secrets.add(SigningKey.of("k1", algorithm, SECRET));
        case RSA, RSA_PSS -> pairs.add(SigningKey.of("k1", algorithm, RSA));
        case ECDSA, EDDSA -> {}
      }
    }
    return Stream.of(secrets, pairs);
  }

  @ParameterizedTest
  @MethodSource("sameMaterial")
  @DisplayName("a key MUST refuse the tokens of its own material made with another algorithm")
  void oneAlgorithm(List<SigningKey> keys) {
    assertThat(keys).hasSizeBetween(3, 6);
    for (SigningKey signing : keys) {
      for (SigningKey verifying : keys) {
        Credential token = service(signing).issue(session(Map.of()));
        Credential relabelled = signed(signing, header(verifying), claims());
        Verification verification = service(verifying).verify(token, NOW);
        if (signing == verifying) {
          assertThat(verification).isInstanceOf(Verification.Verified.class);
        } else {
          assertThat(verification).isEqualTo(refused(UNTRUSTED));
          assertThat(service(verifying).verify(relabelled, NOW)).isEqualTo(refused(UNTRUSTED));
        }
      }
    }
  }

  @Test
  @DisplayName("the five to choose from MUST come first")
  void order() {
    assertThat(Algorithm.values())
        .hasSize(13)
        .startsWith(
            Algorithm.HS256, Algorithm.RS256, Algorithm.PS256, Algorithm.ES256, Algorithm.ED25519);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("alg MUST be the registered name, which for Ed25519 is EdDSA")
  void registeredName(Algorithm algorithm) {
    assertThat(algorithm.alg())
        .isEqualTo(algorithm == Algorithm.ED25519 ? "EdDSA" : algorithm.name());
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  @DisplayName("a secret shorter than the hash MUST be refused, and one as long taken")
  void secretAsLongAsTheHash(Algorithm algorithm) {
    int bytes = algorithm.hashBytes();

    assertThat(SigningKey.of("k", algorithm, random(bytes)).algorithm()).isEqualTo(algorithm);
    assertThatThrownBy(() -> SigningKey.of("k", algorithm, random(bytes - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%s secret has %d bytes", algorithm, bytes - 1)
        .hasMessageContaining("needs %d or more", bytes);
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512"})
  @DisplayName("an elliptic-curve algorithm MUST take keys on its one curve alone")
  void oneCurve(Algorithm algorithm) {
    for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
      KeyPair pair = KeyStrengthTest.pair("EC", new ECGenParameterSpec(curve));
      if (curve.equals(algorithm.curve())) {
        assertThat(SigningKey.of("k", algorithm, pair).algorithm()).isEqualTo(algorithm);
      } else {
        assertThatThrownBy(() -> VerifyingKey.of("k", algorithm, pair.getPublic()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("not on " + algorithm.curveName());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RS384", "RS512", "PS256", "PS384", "PS512"})
  @DisplayName("RSA below 2048 bits MUST be refused by every algorithm of RSA")
  void rsaBits(Algorithm algorithm) {
    KeyPair small =
        KeyStrengthTest.pair("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4));

    assertThatThrownBy(() -> SigningKey.of("k", algorithm, small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024 bits");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a secret for a pair's algorithm, and a pair for a secret's, MUST be refused")
  void wrongMaterial(Algorithm algorithm) {
    if (algorithm.family() == Family.HMAC) {
      assertThatThrownBy(() -> SigningKey.of("k", algorithm, RSA))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("%s has secrets and no public keys", algorithm);
    } else {
      assertThatThrownBy(() -> SigningKey.of("k", algorithm, SECRET))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("%s signs with a key pair", algorithm);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
