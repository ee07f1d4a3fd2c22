package dev.statewise.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A public key as a JSON Web Key: RFC 7517, RFC 7518 §6.2 and §6.3, RFC 8037 §2. It is made of the
 * numbers of a public key, so nothing of a private one can be in it; a secret is refused.
 */
final class PublicJwk {

  private static final int ED25519_BYTES = 32;
  private static final int ODD = 0x80;

  private PublicJwk() {}

  /** The key with its name, its algorithm and its use, which is to verify. */
  static String of(VerifyingKey key) {
    SortedMap<String, String> members = required(key);
    members.put("alg", key.algorithm().alg());
    members.put("kid", key.kid());
    members.put("use", "sig");
    return json(members);
  }

  /** The key's SHA-256 thumbprint: RFC 7638, RFC 8037 §2. */
  static String thumbprint(VerifyingKey key) {
    return Base64Url.encode(Sha256.of(json(required(key)).getBytes(StandardCharsets.UTF_8)));
  }

  /** What makes it this key and no other, in the order of a thumbprint. */
  private static SortedMap<String, String> required(VerifyingKey verifying) {
    Key key = verifying.key();
    if (key instanceof RSAPublicKey rsa) {
      return members(
          Map.of(
              "kty", "RSA", "n", number(rsa.getModulus()), "e", number(rsa.getPublicExponent())));
    }
    if (key instanceof ECPublicKey curve) {
      int length = verifying.algorithm().numberBytes();
      return members(
          Map.of(
              "kty",
              "EC",
              "crv",
              verifying.algorithm().curveName(),
              "x",
              number(curve.getW().getAffineX(), length),
              "y",
              number(curve.getW().getAffineY(), length)));
    }
    if (key instanceof EdECPublicKey edwards) {
      return members(Map.of("kty", "OKP", "crv", "Ed25519", "x", point(edwards.getPoint())));
    }
    throw new IllegalArgumentException(
        "'%s' (%s) is a shared secret: who knows it can be anybody. Nothing of it is published, not even its hash."
            .formatted(verifying.kid(), verifying.algorithm()));
  }

  private static SortedMap<String, String> members(Map<String, String> members) {
    return new TreeMap<>(members);
  }

  /** In as many bytes as it needs. */
  private static String number(BigInteger number) {
    return number(number, (number.bitLength() + 7) / 8);
  }

  private static String number(BigInteger number, int length) {
    return Base64Url.encode(bytes(number, length));
  }

  /** RFC 8032 §5.1.2: y with its lowest byte first, and whether x is odd in the highest bit. */
  private static String point(EdECPoint point) {
    byte[] y = bytes(point.getY(), ED25519_BYTES);
    byte[] littleEndian = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      littleEndian[i] = y[ED25519_BYTES - 1 - i];
    }
    if (point.isXOdd()) {
      littleEndian[ED25519_BYTES - 1] |= (byte) ODD;
    }
    return Base64Url.encode(littleEndian);
  }

  /** Big-endian and unsigned, filled up with zeros in front. */
  private static byte[] bytes(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int digits = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - digits, bytes, length - digits, digits);
    return bytes;
  }

  /** Of names and values that have nothing to escape. */
  private static String json(SortedMap<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"%s\":\"%s\"".formatted(member.getKey(), member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
