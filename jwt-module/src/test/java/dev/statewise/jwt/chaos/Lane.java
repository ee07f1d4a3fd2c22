package dev.statewise.jwt.chaos;

import dev.statewise.jwt.Algorithm;
import dev.statewise.jwt.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** One application's tokens: how they are signed, and how their keys are rotated. */
enum Lane {
  HS256(Algorithm.HS256, Way.STEP_BY_STEP),
  ES256(Algorithm.ES256, Way.STEP_BY_STEP),
  ED25519(Algorithm.ED25519, Way.STEP_BY_STEP),
  SIGN_FIRST(Algorithm.HS256, Way.SIGN_FIRST),
  DROP_EARLY(Algorithm.HS256, Way.DROP_EARLY);

  private static final String BETWEEN = ",";
  private static final int SECRET_BYTES = 32;

  final Algorithm algorithm;
  final Way way;

  Lane(Algorithm algorithm, Way way) {
    this.algorithm = algorithm;
    this.way = way;
  }

  /** A new key, as text that one process tells another. */
  String newKey() {
    try {
      return switch (algorithm) {
        case HS256 -> {
          byte[] secret = new byte[SECRET_BYTES];
          new SecureRandom().nextBytes(secret);
          yield text(secret);
        }
        case ES256 -> {
          KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
          pairs.initialize(new ECGenParameterSpec("secp256r1"));
          yield text(pairs.generateKeyPair());
        }
        default -> text(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      };
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key of such a text. */
  SigningKey key(String kid, String text) {
    String[] parts = text.split(BETWEEN, -1);
    if (algorithm == Algorithm.HS256) {
      return SigningKey.hs256(kid, bytes(text));
    }
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm == Algorithm.ES256 ? "EC" : "Ed25519");
      return SigningKey.of(
          kid,
          algorithm,
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(bytes(parts[1]))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(bytes(parts[0])))));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(KeyPair pair) {
    return text(pair.getPrivate().getEncoded()) + BETWEEN + text(pair.getPublic().getEncoded());
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }
}
