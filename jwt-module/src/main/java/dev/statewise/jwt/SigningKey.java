package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signs tokens, and verifies them. It has a name and exactly one algorithm.
 *
 * <p>Keep it like a password: whoever has it can be anybody. The {@code generate…} methods are for
 * tests and first steps, since their keys are gone when the process ends.
 */
public final class SigningKey {

  private interface Signer {
    byte[] sign(byte[] input);
  }

  private static final byte[] NO_SIGNATURE = {};
  private static final byte[] TRIAL = "statewise".getBytes(StandardCharsets.US_ASCII);
  private static final int RSA_BITS = 2048;

  private final VerifyingKey verifying;
  private final Signer signer;

  private SigningKey(VerifyingKey verifying, Signer signer) {
    this.verifying = verifying;
    this.signer = signer;
  }

  /**
   * A secret for HS256, shared by all that issue or verify.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param secret 32 random bytes or more, copied. Not a password, and not the text of an encoded
   *     key: decode that first
   * @throws IllegalArgumentException if the name or the secret is not like that
   */
  public static SigningKey hs256(String kid, byte[] secret) {
    KeyStrength.requireHmac(secret);
    SecretKey key = new SecretKeySpec(secret, "HmacSHA256");
    VerifyingKey verifying =
        VerifyingKey.of(KeyStrength.kid(kid), Jwts.SIG.HS256, key, KeyStrength.HMAC_BYTES);
    return new SigningKey(verifying, signer(Jwts.SIG.HS256, key));
  }

  /**
   * An RSA key pair for RS256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair of 2048 bits or more
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey rs256(String kid, KeyPair pair) {
    RSAPublicKey key = publicHalf(pair, RSAPublicKey.class, "an RSA");
    return of(VerifyingKey.rs256(kid, key), Jwts.SIG.RS256, pair.getPrivate());
  }

  /**
   * An elliptic-curve key pair for ES256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair on the curve P-256
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey es256(String kid, KeyPair pair) {
    ECPublicKey key = publicHalf(pair, ECPublicKey.class, "a P-256");
    return of(VerifyingKey.es256(kid, key), Jwts.SIG.ES256, pair.getPrivate());
  }

  /**
   * An Edwards-curve key pair for Ed25519; {@code alg} says {@code EdDSA}.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair on the curve Ed25519, not Ed448
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey ed25519(String kid, KeyPair pair) {
    EdECPublicKey key = publicHalf(pair, EdECPublicKey.class, "an Ed25519");
    return of(VerifyingKey.ed25519(kid, key), Jwts.SIG.EdDSA, pair.getPrivate());
  }

  /** A new random secret of 256 bits for HS256. */
  public static SigningKey generateHs256(String kid) {
    byte[] secret = new byte[KeyStrength.HMAC_BYTES];
    new SecureRandom().nextBytes(secret);
    return hs256(kid, secret);
  }

  /** A new random RSA key pair of 2048 bits for RS256. Takes up to a second. */
  public static SigningKey generateRs256(String kid) {
    return rs256(
        kid, generate("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4)));
  }

  /** A new random key pair on P-256 for ES256. */
  public static SigningKey generateEs256(String kid) {
    return es256(kid, generate("EC", new ECGenParameterSpec(KeyStrength.P256)));
  }

  /** A new random key pair for Ed25519. */
  public static SigningKey generateEd25519(String kid) {
    return ed25519(kid, generate("Ed25519", NamedParameterSpec.ED25519));
  }

  /** The name that tokens carry in {@code kid}. */
  public String kid() {
    return verifying.kid();
  }

  /** The half that verifies and does not sign; for HS256 that is a matter of trust only. */
  public VerifyingKey verifying() {
    return verifying;
  }

  String algorithm() {
    return verifying.algorithm();
  }

  int signatureBytes() {
    return verifying.signatureBytes();
  }

  byte[] sign(byte[] input) {
    return signer.sign(input);
  }

  /** Name and algorithm; no key material. */
  @Override
  public String toString() {
    return "SigningKey[%s %s, redacted]".formatted(kid(), algorithm());
  }

  private static SigningKey of(
      VerifyingKey verifying, SecureDigestAlgorithm<PrivateKey, ?> algorithm, PrivateKey key) {
    SigningKey signing = new SigningKey(verifying, signer(algorithm, key));
    if (!signing.verifiesItself()) {
      throw new IllegalArgumentException(
          "The private and the public key of '%s' do not belong together, so no token it signed would be accepted. Pass both halves of one pair."
              .formatted(verifying.kid()));
    }
    return signing;
  }

  private static <S extends Key> Signer signer(SecureDigestAlgorithm<S, ?> algorithm, S key) {
    return input -> algorithm.digest(new JwsRequest<>(key, input, NO_SIGNATURE));
  }

  private boolean verifiesItself() {
    try {
      return verifying.verifies(TRIAL, sign(TRIAL));
    } catch (io.jsonwebtoken.security.SecurityException e) {
      return false;
    }
  }

  private static <T> T publicHalf(KeyPair pair, Class<T> type, String what) {
    requireNonNull(pair, "pair");
    requireNonNull(pair.getPrivate(), "pair.getPrivate()");
    if (!type.isInstance(pair.getPublic())) {
      throw new IllegalArgumentException(
          "The key pair is not %s pair, so it cannot sign with this algorithm. Pass such a pair, or choose the factory method of its algorithm."
              .formatted(what));
    }
    return type.cast(pair.getPublic());
  }

  private static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This JDK has no %s key generator, so no such key can be made here. Check its security providers."
              .formatted(algorithm),
          e);
    }
  }
}
