package dev.statewise.jwt;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** Public keys as an issuer publishes them. Not by the code that is tested. */
final class Jwks {

  private Jwks() {}

  static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  static String of(SigningKey key) {
    Object its = key.verifying().key();
    String head =
        "\"kid\":\"%s\",\"alg\":\"%s\",\"use\":\"sig\"".formatted(key.kid(), key.algorithm().alg());
    if (its instanceof RSAPublicKey rsa) {
      return rsa(key.kid(), rsa, "\"alg\":\"" + key.algorithm().alg() + "\"");
    }
    if (its instanceof ECPublicKey curve) {
      int bytes = key.algorithm().numberBytes();
      return "{\"kty\":\"EC\",%s,\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
          .formatted(
              head,
              key.algorithm().curveName(),
              Base64Url.encode(fixed(curve.getW().getAffineX(), bytes)),
              Base64Url.encode(fixed(curve.getW().getAffineY(), bytes)));
    }
    byte[] spki = ((EdECPublicKey) its).getEncoded();
    return "{\"kty\":\"OKP\",%s,\"crv\":\"Ed25519\",\"x\":\"%s\"}"
        .formatted(head, Base64Url.encode(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
  }

  static String rsa(String kid, RSAPublicKey key, String... more) {
    return "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"%s}"
        .formatted(
            kid,
            Base64Url.encode(unsigned(key.getModulus())),
            Base64Url.encode(unsigned(key.getPublicExponent())),
            more.length == 0 ? "" : "," + String.join(",", more));
  }

  static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  static byte[] fixed(BigInteger number, int length) {
    byte[] digits = unsigned(number);
    byte[] bytes = new byte[length];
    System.arraycopy(digits, 0, bytes, length - digits.length, digits.length);
    return bytes;
  }
}
