package dev.statewise.jwt;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.SecretKey;

/**
 * A key that verifies tokens and signs none: the public key of another node, or one that was
 * rotated out and whose tokens still live. It has a name and exactly one algorithm.
 *
 * <p>The verifying half of an HMAC key, which is the key itself, is {@link SigningKey#verifying}.
 */
public final class VerifyingKey {

  private interface Check {
    boolean holds(byte[] input, byte[] signature);
  }

  private final String kid;
  private final String algorithm;
  private final boolean symmetric;
  private final int signatureBytes;
  private final Check check;

  private VerifyingKey(
      String kid, String algorithm, boolean symmetric, int signatureBytes, Check check) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.symmetric = symmetric;
    this.signatureBytes = signatureBytes;
    this.check = check;
  }

  /**
   * An RSA key for RS256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key of 2048 bits or more
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey rs256(String kid, RSAPublicKey key) {
    KeyStrength.requireRsa(key);
    return of(KeyStrength.kid(kid), Jwts.SIG.RS256, key, KeyStrength.modulusBytes(key));
  }

  /**
   * An elliptic-curve key for ES256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key on the curve P-256
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey es256(String kid, ECPublicKey key) {
    KeyStrength.requireP256(key);
    return of(KeyStrength.kid(kid), Jwts.SIG.ES256, key, 64);
  }

  /**
   * An Edwards-curve key for Ed25519; {@code alg} says {@code EdDSA}.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key on the curve Ed25519, not Ed448
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey ed25519(String kid, EdECPublicKey key) {
    KeyStrength.requireEd25519(key);
    return of(KeyStrength.kid(kid), Jwts.SIG.EdDSA, key, 64);
  }

  /** Any key for any algorithm that JJWT knows, unchecked. */
  static <V extends Key> VerifyingKey of(
      String kid, SecureDigestAlgorithm<?, V> algorithm, V key, int signatureBytes) {
    return new VerifyingKey(
        kid,
        algorithm.getId(),
        key instanceof SecretKey,
        signatureBytes,
        (input, signature) -> algorithm.verify(new JwsRequest<>(key, input, signature)));
  }

  /** The name that tokens carry in {@code kid}. */
  public String kid() {
    return kid;
  }

  /** The {@code alg} of its tokens. */
  String algorithm() {
    return algorithm;
  }

  boolean isSymmetric() {
    return symmetric;
  }

  int signatureBytes() {
    return signatureBytes;
  }

  boolean verifies(byte[] input, byte[] signature) {
    // JJWT can be told to take ES256 signatures in DER, which have other lengths.
    if (signature.length != signatureBytes) {
      return false;
    }
    try {
      return check.holds(input, signature);
    } catch (RuntimeException e) {
      // Providers throw for some signatures that are out of range instead of saying no.
      return false;
    }
  }

  /** Name and algorithm; no key material. */
  @Override
  public String toString() {
    return "VerifyingKey[%s %s]".formatted(kid, algorithm);
  }
}
