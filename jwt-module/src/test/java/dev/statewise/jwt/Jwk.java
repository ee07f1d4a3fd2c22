package dev.statewise.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/** The key of a test vector, as a key with one algorithm. */
final class Jwk {

  private Jwk() {}

  /** What {@code jwk} verifies with {@code alg}; empty if it is not meant to do that. */
  static Optional<VerifyingKey> verifying(JsonNode jwk, String alg) {
    boolean signs = !jwk.has("use") || jwk.get("use").asText().equals("sig");
    boolean verifies =
        !jwk.has("key_ops") || jwk.get("key_ops").toString().matches(".*\"(verify|sign)\".*");
    if (!signs || !verifies || alg.isEmpty()) {
      return Optional.empty();
    }
    String kid = jwk.path("kid").asText("");
    return Optional.of(VerifyingKey.unchecked(kid, algorithm(alg), key(jwk), null));
  }

  /**
   * A key as an application builds it.
   *
   * @throws IllegalArgumentException if it is weak, or not meant for what we do
   */
  static VerifyingKey taken(JsonNode jwk) {
    String kid = jwk.get("kid").asText();
    Algorithm algorithm = algorithm(jwk.get("alg").asText());
    if (!jwk.path("use").asText("sig").equals("sig")) {
      throw new IllegalArgumentException("not meant for signatures");
    }
    return jwk.get("kty").asText().equals("oct")
        ? SigningKey.of(kid, algorithm, bytes(jwk, "k")).verifying()
        : VerifyingKey.of(kid, algorithm, (PublicKey) key(jwk));
  }

  private static Algorithm algorithm(String alg) {
    return Stream.of(Algorithm.values())
        .filter(a -> a.alg().equals(alg))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(alg));
  }

  static Key key(JsonNode jwk) {
    try {
      return switch (jwk.get("kty").asText()) {
        case "oct" -> new SecretKeySpec(bytes(jwk, "k"), "HmacSHA256");
        case "RSA" ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
        case "EC" -> curve(jwk);
        case "OKP" -> edwards(bytes(jwk, "x"));
        default -> throw new IllegalArgumentException(jwk.get("kty").asText());
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Key curve(JsonNode jwk) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    String name = jwk.get("crv").asText().replace("P-", "secp") + "r1";
    parameters.init(new ECGenParameterSpec(name));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(number(jwk, "x"), number(jwk, "y")),
                parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static Key edwards(byte[] littleEndian) throws GeneralSecurityException {
    byte[] y = littleEndian.clone();
    for (int i = 0; i < y.length / 2; i++) {
      byte swapped = y[i];
      y[i] = y[y.length - 1 - i];
      y[y.length - 1 - i] = swapped;
    }
    boolean odd = (y[0] & 0x80) != 0;
    y[0] &= 0x7F;
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
  }

  private static BigInteger number(JsonNode jwk, String name) {
    return new BigInteger(1, bytes(jwk, name));
  }

  private static byte[] bytes(JsonNode jwk, String name) {
    if (!jwk.has(name)) {
      throw new IllegalArgumentException("no " + name);
    }
    return Base64.getUrlDecoder().decode(jwk.get(name).asText());
  }
}
