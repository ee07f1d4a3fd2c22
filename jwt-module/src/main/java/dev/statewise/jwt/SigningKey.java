package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs tokens, and verifies them. It has a name and exactly one algorithm.
 *
 * <p>Keep it like a password: whoever has it can be anybody. The {@code generate…} methods are for
 * tests and first steps, since their keys are gone when the process ends.
 */
public final class SigningKey {

  private static final byte[] TRIAL = "statewise".getBytes(StandardCharsets.US_ASCII);
  private static final int RSA_BITS = 2048;

  private final VerifyingKey verifying;
  private final Key key;
  private final Signer signer;

  private SigningKey(VerifyingKey verifying, Key key, Signer signer) {
    this.verifying = verifying;
    this.key = key;
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
    return of(kid, Algorithm.HS256, secret);
  }

  /**
   * An RSA key pair for RS256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair of 2048 bits or more
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey rs256(String kid, KeyPair pair) {
    return of(kid, Algorithm.RS256, pair);
  }

  /**
   * An RSA key pair for PS256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair of 2048 bits or more
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey ps256(String kid, KeyPair pair) {
    return of(kid, Algorithm.PS256, pair);
  }

  /**
   * An elliptic-curve key pair for ES256.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair on the curve P-256
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey es256(String kid, KeyPair pair) {
    return of(kid, Algorithm.ES256, pair);
  }

  /**
   * An Edwards-curve key pair for Ed25519; {@code alg} says {@code EdDSA}.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair on the curve Ed25519, not Ed448
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey ed25519(String kid, KeyPair pair) {
    return of(kid, Algorithm.ED25519, pair);
  }

  /**
   * A secret for any of the HMACs: for interoperability, where another program demands HS384 or
   * HS512.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param secret as many random bytes as the hash has, or more, copied
   * @throws IllegalArgumentException if name, algorithm or secret is not like that
   */
  public static SigningKey of(String kid, Algorithm algorithm, byte[] secret) {
    KeyStrength.requireHmac(algorithm, secret);
    SecretKey key = new SecretKeySpec(secret, "Hmac" + algorithm.hash());
    return unchecked(KeyStrength.kid(kid), algorithm, key, key, null);
  }

  /**
   * A key pair for any algorithm but the HMACs: for interoperability, where another program demands
   * one without a method of its own.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param pair of the algorithm's kind: RSA of 2048 bits or more, or on its one curve
   * @throws IllegalArgumentException if name or pair is not like that, or its halves do not match
   */
  public static SigningKey of(String kid, Algorithm algorithm, KeyPair pair) {
    requireNonNull(pair, "pair");
    PrivateKey key = requireNonNull(pair.getPrivate(), "pair.getPrivate()");
    KeyStrength.requirePublic(algorithm, pair.getPublic());
    return unchecked(KeyStrength.kid(kid), algorithm, key, pair.getPublic(), null);
  }

  /**
   * A key pair whose private half only {@code provider} can use: one in an HSM, or of a provider
   * that the JVM does not find by itself. It signs with the code of {@code provider}. It verifies
   * with the provider that the JVM prefers, so that verifying asks no device; with {@code provider}
   * if no other takes the public half.
   *
   * @param kid its name: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param algorithm any but the HMACs
   * @param pair of the algorithm's kind: RSA of 2048 bits or more, or on its one curve
   * @throws IllegalArgumentException if name or pair is not like that, its halves do not match, or
   *     the provider cannot sign with it
   */
  public static SigningKey of(String kid, Algorithm algorithm, KeyPair pair, Provider provider) {
    requireNonNull(pair, "pair");
    requireNonNull(provider, "provider");
    PrivateKey key = requireNonNull(pair.getPrivate(), "pair.getPrivate()");
    KeyStrength.requirePublic(algorithm, pair.getPublic());
    VerifyingKey verifying =
        VerifyingKey.preferringTheJvms(KeyStrength.kid(kid), algorithm, pair.getPublic(), provider);
    return tried(new SigningKey(verifying, key, new SignatureSigner(algorithm, key, provider)));
  }

  /** A new random secret of 256 bits for HS256. */
  public static SigningKey generateHs256(String kid) {
    return generate(kid, Algorithm.HS256);
  }

  /** A new random RSA key pair of 2048 bits for RS256. Takes up to a second. */
  public static SigningKey generateRs256(String kid) {
    return generate(kid, Algorithm.RS256);
  }

  /** A new random RSA key pair of 2048 bits for PS256. Takes up to a second. */
  public static SigningKey generatePs256(String kid) {
    return generate(kid, Algorithm.PS256);
  }

  /** A new random key pair on P-256 for ES256. */
  public static SigningKey generateEs256(String kid) {
    return generate(kid, Algorithm.ES256);
  }

  /** A new random key pair for Ed25519. */
  public static SigningKey generateEd25519(String kid) {
    return generate(kid, Algorithm.ED25519);
  }

  /** A new random key for any algorithm; RSA keys have 2048 bits and take up to a second. */
  public static SigningKey generate(String kid, Algorithm algorithm) {
    return switch (algorithm.family()) {
      case HMAC -> of(kid, algorithm, random(algorithm.hashBytes()));
      case RSA, RSA_PSS ->
          of(
              kid,
              algorithm,
              pair("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4)));
      case ECDSA -> of(kid, algorithm, pair("EC", new ECGenParameterSpec(algorithm.curve())));
      case EDDSA -> of(kid, algorithm, pair("Ed25519", NamedParameterSpec.ED25519));
    };
  }

  /**
   * This key, signing and verifying with the code of {@code provider}. Without this the providers
   * that the JVM prefers do it.
   *
   * @throws IllegalArgumentException if the provider cannot sign and verify with this key
   */
  public SigningKey withProvider(Provider provider) {
    requireNonNull(provider, "provider");
    return unchecked(kid(), algorithm(), key, verifying.key(), provider);
  }

  /**
   * This key, named by the SHA-256 thumbprint of its public half (RFC 7638), which is the same
   * wherever it is reckoned and another for every key.
   *
   * @throws IllegalArgumentException if it is a shared secret: every token would tell its hash
   */
  public SigningKey namedByThumbprint() {
    return new SigningKey(verifying.namedByThumbprint(), key, signer);
  }

  /** The name that tokens carry in {@code kid}. */
  public String kid() {
    return verifying.kid();
  }

  /** The one algorithm of its tokens. */
  public Algorithm algorithm() {
    return verifying.algorithm();
  }

  /** The half that verifies and does not sign; for an HMAC that is a matter of trust only. */
  public VerifyingKey verifying() {
    return verifying;
  }

  int signatureBytes() {
    return verifying.signatureBytes();
  }

  byte[] sign(byte[] text) {
    return sign(text, text.length);
  }

  /** The signature of the first bytes of {@code text}. */
  byte[] sign(byte[] text, int length) {
    return signer.sign(text, length);
  }

  /** Name and algorithm; no key material. */
  @Override
  public String toString() {
    return "SigningKey[%s %s, redacted]".formatted(kid(), algorithm());
  }

  private static SigningKey unchecked(
      String kid, Algorithm algorithm, Key key, Key verifying, @Nullable Provider provider) {
    return tried(
        new SigningKey(
            VerifyingKey.unchecked(kid, algorithm, verifying, provider),
            key,
            signer(kid, algorithm, key, provider)));
  }

  private static SigningKey tried(SigningKey signing) {
    if (!signing.verifiesItself()) {
      throw halvesOfTwoPairs(signing.kid(), null);
    }
    return signing;
  }

  private static Signer signer(
      String kid, Algorithm algorithm, Key key, @Nullable Provider provider) {
    if (key instanceof SecretKey secret) {
      return new Hmac(algorithm, secret, provider);
    }
    try {
      return new SignatureSigner(algorithm, (PrivateKey) key, provider);
    } catch (IllegalArgumentException e) {
      throw provider == null ? halvesOfTwoPairs(kid, e) : e;
    }
  }

  private boolean verifiesItself() {
    try {
      return verifying.verifies(TRIAL, sign(TRIAL));
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static IllegalArgumentException halvesOfTwoPairs(String kid, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "The private and the public key of '%s' do not belong together, so no token it signed would be accepted. Pass both halves of one pair."
            .formatted(kid),
        cause);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static KeyPair pair(String kind, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This JDK has no %s key generator, so no such key can be made here. Check its security providers."
              .formatted(kind),
          e);
    }
  }
}
