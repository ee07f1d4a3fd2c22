package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Stream;

/** What a key must be, so that nobody can guess it or find it: RFC 7518 §3.2 to §3.4, RFC 8037. */
final class KeyStrength {

  static final int HMAC_BYTES = 32;
  static final String P256 = "secp256r1";

  private static final int LEAST_RSA_BITS = 2048;
  private static final BigInteger LEAST_RSA_EXPONENT = BigInteger.valueOf(65_537);
  private static final int LEAST_DISTINCT_BYTES = 8;
  private static final int LONGEST_KID = 64;

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

  static void requireHmac(byte[] secret) {
    requireNonNull(secret, "secret");
    if (secret.length < HMAC_BYTES) {
      throw new IllegalArgumentException(
          "The HS256 secret has %d bytes and needs 32 or more (RFC 7518 §3.2); a shorter one can be found by trying. Make one with SigningKey.generateHs256 or 'openssl rand -base64 32'."
              .formatted(secret.length));
    }
    if (isText(secret)) {
      throw new IllegalArgumentException(
          "The HS256 secret is readable text of %d bytes: a password, which can be guessed, or a key that is still encoded. Decode it from base64 or hex, or make random bytes with 'openssl rand -base64 32'."
              .formatted(secret.length));
    }
    if (isPublicKey(secret)) {
      throw new IllegalArgumentException(
          "The HS256 secret is an encoded public key, which everybody may know. Sign with its private half through rs256, es256 or ed25519.");
    }
    if (distinctBytes(secret) < LEAST_DISTINCT_BYTES) {
      throw new IllegalArgumentException(
          "The HS256 secret of %d bytes has fewer than 8 different ones, so it is not random. Was the array ever filled? Make one with 'openssl rand -base64 32'."
              .formatted(secret.length));
    }
  }

  static void requireRsa(RSAPublicKey key) {
    int bits = requireNonNull(key, "key").getModulus().bitLength();
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
  }

  static int modulusBytes(RSAPublicKey key) {
    return (key.getModulus().bitLength() + 7) / 8;
  }

  static void requireP256(ECPublicKey key) {
    ECParameterSpec curve = requireNonNull(key, "key").getParams();
    ECParameterSpec p256 = p256();
    boolean same =
        curve != null
            && curve.getCurve().equals(p256.getCurve())
            && curve.getGenerator().equals(p256.getGenerator())
            && curve.getOrder().equals(p256.getOrder())
            && curve.getCofactor() == p256.getCofactor();
    if (!same) {
      throw new IllegalArgumentException(
          "The elliptic-curve key is not on P-256, the one curve of ES256 (RFC 7518 §3.4). Make a key on secp256r1.");
    }
  }

  static void requireEd25519(EdECPublicKey key) {
    String curve = requireNonNull(key, "key").getParams().getName();
    if (!curve.equals("Ed25519")) {
      throw new IllegalArgumentException(
          "The key is for %s, and its tokens could not be told from those of Ed25519 by their alg. Make an Ed25519 key."
              .formatted(curve));
    }
  }

  /** Well-formed UTF-8 that a person could have typed. Random bytes practically never are. */
  private static boolean isText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .chars()
          .allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c));
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isPublicKey(byte[] bytes) {
    return Stream.of("RSA", "EC", "Ed25519").anyMatch(kind -> isPublicKey(bytes, kind));
  }

  private static boolean isPublicKey(byte[] bytes, String kind) {
    try {
      KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(bytes));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static long distinctBytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).chars().distinct().count();
  }

  private static ECParameterSpec p256() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(P256));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This JDK does not know P-256, so ES256 keys cannot be checked here. Check its security providers.",
          e);
    }
  }
}
