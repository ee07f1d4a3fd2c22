package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.jwt.Algorithm.Family;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.stream.IntStream;

/** What a key must be, so that nobody can guess it or find it: RFC 7518 §3.2 to §3.4, RFC 8037. */
final class KeyStrength {

  private static final int LEAST_RSA_BITS = 2048;
  private static final BigInteger LEAST_RSA_EXPONENT = BigInteger.valueOf(65_537);

  /** Those below 168 modulo which 65537 does not generate every number. */
  private static final int[] ROCA_PRIMES = {
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157
  };

  private static final int LEAST_DISTINCT_BYTES = 8;
  static final int LONGEST_KID = 64;

  private KeyStrength() {}

  static String kid(String kid) {
    requireNonNull(kid, "kid");
    boolean named =
        !kid.isEmpty()
            && kid.length() <= LONGEST_KID
            && kid.chars().allMatch(c -> Base64Url.isAlphabet((char) c));
    if (!named) {
      throw new IllegalArgumentException(
          "The kid has %d characters and is not 1 to 64 of A-Z a-z 0-9 - _, which every token must carry. Name the key, for instance, by the month it was made in: 2026-11."
              .formatted(kid.length()));
    }
    return kid;
  }

  static void requireHmac(Algorithm algorithm, byte[] secret) {
    requireNonNull(secret, "secret");
    if (requireNonNull(algorithm, "algorithm").family() != Family.HMAC) {
      throw new IllegalArgumentException(
          "%s signs with a key pair and not with a secret. Pass a pair, or choose HS256."
              .formatted(algorithm));
    }
    if (secret.length < algorithm.hashBytes()) {
      throw new IllegalArgumentException(
          "The %s secret has %d bytes and needs %d or more (RFC 7518 §3.2); a shorter one can be found by trying. Make one with SigningKey.generate or 'openssl rand -base64 %3$d'."
              .formatted(algorithm, secret.length, algorithm.hashBytes()));
    }
    if (isText(secret)) {
      throw new IllegalArgumentException(
          "The %s secret is readable text of %d bytes: a password, which can be guessed, or a key that is still encoded. Decode it from base64 or hex, or make random bytes with 'openssl rand -base64 %d'."
              .formatted(algorithm, secret.length, algorithm.hashBytes()));
    }
    if (Der.isSequence(secret)) {
      throw new IllegalArgumentException(
          "The %s secret is a key or a certificate in DER: a public key, which everybody may know, or a private one, which is no random bytes. Sign with the private key through rs256, ps256, es256 or ed25519."
              .formatted(algorithm));
    }
    if (distinctBytes(secret) < LEAST_DISTINCT_BYTES) {
      throw new IllegalArgumentException(
          "The %s secret of %d bytes has fewer than 8 different ones, so it is not random. Was the array ever filled? Make one with 'openssl rand -base64 %d'."
              .formatted(algorithm, secret.length, algorithm.hashBytes()));
    }
  }

  static void requirePublic(Algorithm algorithm, PublicKey key) {
    requireNonNull(key, "key");
    switch (requireNonNull(algorithm, "algorithm").family()) {
      case RSA, RSA_PSS -> requireRsa(typed(algorithm, key, RSAPublicKey.class));
      case ECDSA -> requireCurve(algorithm, typed(algorithm, key, ECPublicKey.class));
      case EDDSA -> requireEd25519(typed(algorithm, key, EdECPublicKey.class));
      case HMAC ->
          throw new IllegalArgumentException(
              "%s has secrets and no public keys. Choose RS256, PS256, ES256 or ED25519, or pass a secret."
                  .formatted(algorithm));
    }
  }

  private static void requireRsa(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < LEAST_RSA_BITS) {
      throw new IllegalArgumentException(
          "The RSA key has %d bits and needs 2048 or more (RFC 7518 §3.3); a shorter one can be factored. Make a longer one."
              .formatted(bits));
    }
    if (key.getPublicExponent().compareTo(LEAST_RSA_EXPONENT) < 0) {
      throw new IllegalArgumentException(
          "The RSA key's public exponent (%s) is below 65537, where forgeries have been found. Make a key with the usual exponent."
              .formatted(key.getPublicExponent()));
    }
    if (isRoca(key.getModulus())) {
      throw new IllegalArgumentException(
          "The RSA key was made by a library whose keys can be factored (CVE-2017-15361, ROCA). Make another on a computer, and have the chip's maker asked about the others.");
    }
  }

  /**
   * Whether a modulus has the fingerprint of the keys that a library of one chip maker made, and
   * that can be factored (CVE-2017-15361, "ROCA"): modulo each of these primes it is a power of
   * 65537. A sound one is so by chance once in 2^27 or more.
   */
  static boolean isRoca(BigInteger modulus) {
    return IntStream.of(ROCA_PRIMES).allMatch(prime -> isPowerOf65537(modulus, prime));
  }

  private static boolean isPowerOf65537(BigInteger modulus, int prime) {
    int rest = modulus.mod(BigInteger.valueOf(prime)).intValue();
    int power = 1;
    do {
      if (power == rest) {
        return true;
      }
      power = power * (65_537 % prime) % prime;
    } while (power != 1);
    return false;
  }

  private static void requireCurve(Algorithm algorithm, ECPublicKey key) {
    ECParameterSpec its = key.getParams();
    ECParameterSpec curve = curve(algorithm);
    boolean same =
        its != null
            && its.getCurve().equals(curve.getCurve())
            && its.getGenerator().equals(curve.getGenerator())
            && its.getOrder().equals(curve.getOrder())
            && its.getCofactor() == curve.getCofactor();
    if (!same) {
      throw new IllegalArgumentException(
          "The elliptic-curve key is not on %s, the one curve of %s (RFC 7518 §3.4). Make a key on %s."
              .formatted(algorithm.curveName(), algorithm, algorithm.curve()));
    }
    if (!CurvePoints.isOnCurve(key)) {
      throw new IllegalArgumentException(
          "The elliptic-curve key names a point that is not on %s, so it is damaged or was made to do harm. Get it from its owner again."
              .formatted(algorithm.curveName()));
    }
  }

  private static void requireEd25519(EdECPublicKey key) {
    String curve = key.getParams().getName();
    if (!curve.equals("Ed25519")) {
      throw new IllegalArgumentException(
          "The key is for %s, and its tokens could not be told from those of Ed25519 by their alg. Make an Ed25519 key."
              .formatted(curve));
    }
    if (!CurvePoints.isSoundEd25519(key)) {
      throw new IllegalArgumentException(
          "The Ed25519 key is no point of the curve, or one of small order, for which anybody can sign. Get the key from its owner again.");
    }
  }

  private static <T> T typed(Algorithm algorithm, PublicKey key, Class<T> type) {
    if (!type.isInstance(key)) {
      throw new IllegalArgumentException(
          "The key is of the kind %s, and %s needs %s. Pass such a key, or choose the algorithm of this one."
              .formatted(key.getAlgorithm(), algorithm, kind(algorithm)));
    }
    return type.cast(key);
  }

  private static String kind(Algorithm algorithm) {
    return switch (algorithm.family()) {
      case RSA, RSA_PSS -> "an RSA key";
      case ECDSA -> "one on " + algorithm.curveName();
      case EDDSA -> "an Ed25519 key";
      case HMAC -> "a secret";
    };
  }

  /**
   * Well-formed UTF-8 that a person could have typed, with zeros among it or not: a password that
   * was filled up to 32 bytes, or is in UTF-16. Random bytes practically never are.
   */
  private static boolean isText(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String typed = text.replace("\0", "");
      return !typed.isEmpty()
          && typed.chars().allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c));
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static long distinctBytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).chars().distinct().count();
  }

  private static ECParameterSpec curve(Algorithm algorithm) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(algorithm.curve()));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This JDK does not know %s, so %s keys cannot be checked here. Check its security providers."
              .formatted(algorithm.curveName(), algorithm),
          e);
    }
  }
}
