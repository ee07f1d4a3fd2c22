package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that verifies tokens and signs none: the public key of another node, or one that was
 * rotated out and whose tokens still live. It has a name and exactly one algorithm.
 *
 * <p>The verifying half of an HMAC key, which is the key itself, is {@link SigningKey#verifying}.
 */
public final class VerifyingKey {

  private final String kid;
  private final Algorithm algorithm;
  private final Key key;
  private final int signatureBytes;
  private final Verifier verifier;

  private VerifyingKey(String kid, Algorithm algorithm, Key key, Verifier verifier) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.key = key;
    this.signatureBytes = signatureBytes(algorithm, key);
    this.verifier = verifier;
  }

  /**
   * An RSA key for RS256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key of 2048 bits or more
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey rs256(String kid, RSAPublicKey key) {
    return of(kid, Algorithm.RS256, key);
  }

  /**
   * An RSA key for PS256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key of 2048 bits or more
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey ps256(String kid, RSAPublicKey key) {
    return of(kid, Algorithm.PS256, key);
  }

  /**
   * An elliptic-curve key for ES256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key on the curve P-256
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey es256(String kid, ECPublicKey key) {
    return of(kid, Algorithm.ES256, key);
  }

  /**
   * An Edwards-curve key for Ed25519; {@code alg} says {@code EdDSA}.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key on the curve Ed25519, not Ed448
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey ed25519(String kid, EdECPublicKey key) {
    return of(kid, Algorithm.ED25519, key);
  }

  /**
   * A public key for any algorithm but the HMACs: for interoperability, where another program
   * demands one without a method of its own.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param key of the algorithm's kind: RSA of 2048 bits or more, or on its one curve
   * @throws IllegalArgumentException if the name or the key is not like that
   */
  public static VerifyingKey of(String kid, Algorithm algorithm, PublicKey key) {
    KeyStrength.requirePublic(algorithm, key);
    return unchecked(KeyStrength.kid(kid), algorithm, key, null);
  }

  /** A key of the right kind, however weak. */
  static VerifyingKey unchecked(
      String kid, Algorithm algorithm, Key key, @Nullable Provider provider) {
    Verifier verifier =
        key instanceof SecretKey secret
            ? new Hmac(algorithm, secret, provider)
            : new SignatureVerifier(algorithm, (PublicKey) key, provider);
    return new VerifyingKey(kid, algorithm, key, verifier);
  }

  /** With the provider that the JVM prefers for this key; with {@code other} if it has none. */
  static VerifyingKey preferringTheJvms(
      String kid, Algorithm algorithm, PublicKey key, Provider other) {
    try {
      return unchecked(kid, algorithm, key, null);
    } catch (IllegalArgumentException e) {
      return unchecked(kid, algorithm, key, other);
    }
  }

  /**
   * This key, verifying with the code of {@code provider}. Without this the provider that the JVM
   * prefers does it.
   *
   * @throws IllegalArgumentException if the provider cannot verify with this key
   */
  public VerifyingKey withProvider(Provider provider) {
    return unchecked(kid, algorithm, key, requireNonNull(provider, "provider"));
  }

  /**
   * This key, named by its own SHA-256 thumbprint (RFC 7638), which is the same wherever it is
   * reckoned and another for every key.
   *
   * @throws IllegalArgumentException if it is a shared secret: every token would tell its hash
   */
  public VerifyingKey namedByThumbprint() {
    return new VerifyingKey(PublicJwk.thumbprint(this), algorithm, key, verifier);
  }

  /** The name that tokens carry in {@code kid}. */
  public String kid() {
    return kid;
  }

  /** The one algorithm of its tokens. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** Whose code verifies. */
  public Provider provider() {
    return verifier.provider();
  }

  Key key() {
    return key;
  }

  /**
   * Whether it is the same key, under whatever name, for whatever algorithm and however encoded:
   * one RSA key has an encoding as "RSA" and another as "RSASSA-PSS", and one of a device may have
   * none.
   */
  boolean isSameKeyAs(VerifyingKey other) {
    return key == other.key || isSame(key, other.key);
  }

  private static boolean isSame(Key one, Key other) {
    if (one instanceof RSAPublicKey mine && other instanceof RSAPublicKey its) {
      // Whoever knows a private exponent of a modulus can reckon any other.
      return mine.getModulus().equals(its.getModulus());
    }
    if (one instanceof ECPublicKey mine && other instanceof ECPublicKey its) {
      return mine.getW().equals(its.getW())
          && mine.getParams().getCurve().equals(its.getParams().getCurve());
    }
    if (one instanceof EdECPublicKey mine && other instanceof EdECPublicKey its) {
      return mine.getPoint().getY().equals(its.getPoint().getY())
          && mine.getPoint().isXOdd() == its.getPoint().isXOdd();
    }
    byte[] mine = one.getEncoded();
    byte[] its = other.getEncoded();
    return mine != null && its != null && MessageDigest.isEqual(mine, its);
  }

  boolean isSymmetric() {
    return key instanceof SecretKey;
  }

  int signatureBytes() {
    return signatureBytes;
  }

  boolean verifies(byte[] text, byte[] signature) {
    return verifies(text, text.length, signature);
  }

  /** Whether {@code signature} is one of the first bytes of {@code text}. */
  boolean verifies(byte[] text, int length, byte[] signature) {
    return signature.length == signatureBytes && verifier.verifies(text, length, signature);
  }

  /** Name and algorithm; no key material. */
  @Override
  public String toString() {
    return "VerifyingKey[%s %s]".formatted(kid, algorithm);
  }

  private static int signatureBytes(Algorithm algorithm, Key key) {
    return switch (algorithm.family()) {
      case HMAC -> algorithm.hashBytes();
      case RSA, RSA_PSS -> (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
      case ECDSA -> 2 * algorithm.numberBytes();
      case EDDSA -> 64;
    };
  }
}
