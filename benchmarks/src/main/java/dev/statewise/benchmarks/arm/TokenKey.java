package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.spi.TokenService;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key an algorithm and JVM: to generate one takes longer than many a measurement. */
public enum TokenKey {
  HS256("hs256", "floor-mac"),
  RS256("rs256", "floor-verify-rs256"),
  ES256("es256", "floor-verify-es256"),
  ED25519("ed25519", "floor-verify-ed25519");

  private static final String MAC = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int RSA_BITS = 2048;
  private static final Map<TokenKey, Made> MADE = new ConcurrentHashMap<>();

  private final String text;
  private final String floor;

  TokenKey(String text, String floor) {
    this.text = text;
    this.floor = floor;
  }

  /**
   * A key that was made.
   *
   * @param verifying what else verifies with it: its public half, or a secret
   */
  private record Made(KeyRing ring, java.security.Key verifying) {}

  /** The name of the bare work: one MAC, or one verification of one signature. */
  public String floor() {
    return floor;
  }

  /**
   * A token service on this key.
   *
   * @param remembered how many verified tokens it remembers; 0 verifies each anew
   */
  public TokenService tokens(int remembered) {
    return JwtTokenService.of(made().ring(), TokenClaims.ISSUER, TokenClaims.AUDIENCE)
        .withVerifiedTokens(remembered);
  }

  /** A MAC by the same secret. */
  public Mac mac() {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(made().verifying());
      return mac;
    } catch (GeneralSecurityException e) {
      throw missing(MAC, e);
    }
  }

  /** A verification by the same public key, of the provider that the JVM prefers. */
  public Signature verification() {
    String name =
        switch (this) {
          case HS256 -> throw new IllegalStateException("A MAC is no signature.");
          case RS256 -> "SHA256withRSA";
          case ES256 -> "SHA256withECDSAinP1363Format";
          case ED25519 -> "Ed25519";
        };
    try {
      Signature signature = Signature.getInstance(name);
      signature.initVerify((PublicKey) made().verifying());
      return signature;
    } catch (GeneralSecurityException e) {
      throw missing(name, e);
    }
  }

  /** As the names of arms spell it. */
  @Override
  public String toString() {
    return text;
  }

  private Made made() {
    return MADE.computeIfAbsent(this, TokenKey::make);
  }

  private Made make() {
    return switch (this) {
      case HS256 -> secret();
      case RS256 -> {
        KeyPair pair = pair("RSA", RSA_BITS);
        yield new Made(KeyRing.of(SigningKey.rs256(TokenClaims.KID, pair)), pair.getPublic());
      }
      case ES256 -> {
        KeyPair pair = pair("EC", 256);
        yield new Made(KeyRing.of(SigningKey.es256(TokenClaims.KID, pair)), pair.getPublic());
      }
      case ED25519 -> {
        KeyPair pair = pair("Ed25519", 255);
        yield new Made(KeyRing.of(SigningKey.ed25519(TokenClaims.KID, pair)), pair.getPublic());
      }
    };
  }

  private static Made secret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new Made(
        KeyRing.of(SigningKey.hs256(TokenClaims.KID, secret)), new SecretKeySpec(secret, MAC));
  }

  private static KeyPair pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw missing(kind, e);
    }
  }

  private static IllegalStateException missing(String what, Exception cause) {
    return new IllegalStateException(
        "Every JDK has " + what + "; this one says it has not.", cause);
  }
}
