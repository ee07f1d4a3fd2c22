package dev.statewise.jwt;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStrengthTest {

  private static final byte[] RANDOM = random(32);

  @Test
  @DisplayName("an HMAC secret below 32 bytes MUST be refused, and 32 random bytes taken")
  void hmacLength() {
    assertThatThrownBy(() -> SigningKey.hs256("k", random(31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31 bytes")
        .hasMessageContaining("openssl rand");
    assertThatCode(() -> SigningKey.hs256("k", RANDOM)).doesNotThrowAnyException();
    assertThatCode(() -> SigningKey.hs256("k", random(200))).doesNotThrowAnyException();
  }

  static Stream<Named<byte[]>> secretsThatAreText() {
    PublicKey rsa =
        pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)).getPublic();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(rsa.getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    return Stream.of(
        text("a password filled up with zeros", "correct horse" + "\0".repeat(19)),
        Named.of("a password in UTF-16", "correct horse battery".getBytes(UTF_16LE)),
        text("a password", "correct horse battery staple, and then some"),
        text("a password with an accent and a smile", "pässword pässword pässword pässword 😀"),
        text("hex", HexFormat.of().formatHex(RANDOM)),
        text("base64", Base64.getEncoder().encodeToString(RANDOM)),
        text("base64 with a newline", Base64.getEncoder().encodeToString(RANDOM) + "\r\n"),
        text("base64url", Base64Url.encode(RANDOM)),
        text("a public key in PEM", pem),
        text("PEM behind a space", " " + pem),
        text("PEM behind a byte order mark", "\uFEFF" + pem));
  }

  @ParameterizedTest
  @MethodSource("secretsThatAreText")
  @DisplayName("an HMAC secret that is readable text MUST be refused, and never printed")
  void hmacText(byte[] secret) {
    assertThatThrownBy(() -> SigningKey.hs256("k", secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("readable text")
        .hasMessageContaining("Decode it")
        .message()
        .doesNotContain(new String(secret, UTF_8));
  }

  static Stream<PublicKey> publicKeys() {
    return Stream.of(
        pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)).getPublic(),
        pair("EC", new ECGenParameterSpec("secp256r1")).getPublic(),
        pair("Ed25519", NamedParameterSpec.ED25519).getPublic());
  }

  @ParameterizedTest
  @MethodSource("publicKeys")
  @DisplayName("an HMAC secret that is a public key in DER MUST be refused")
  void hmacPublicKey(PublicKey key) {
    assertThatThrownBy(() -> SigningKey.hs256("k", key.getEncoded()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public key");
  }

  static Stream<Named<byte[]>> keysInDer() {
    KeyPair rsa = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    RSAPublicKey rsaPublic = (RSAPublicKey) rsa.getPublic();
    KeyPair curve = pair("EC", new ECGenParameterSpec("secp256r1"));
    byte[] spki = curve.getPublic().getEncoded();
    byte[] pkcs1 =
        der(
            0x30,
            der(2, rsaPublic.getModulus().toByteArray()),
            der(2, rsaPublic.getPublicExponent().toByteArray()));
    byte[] pkcs8 = rsa.getPrivate().getEncoded();
    byte[] signed = der(3, new byte[] {0}, RANDOM, RANDOM);
    return Stream.of(
        Named.of("PKCS #1, public", pkcs1),
        Named.of("PKCS #1, private", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)),
        Named.of("PKCS #8 of RSA", pkcs8),
        Named.of("PKCS #8 of a curve", curve.getPrivate().getEncoded()),
        Named.of(
            "PKCS #8 of Ed25519",
            pair("Ed25519", NamedParameterSpec.ED25519).getPrivate().getEncoded()),
        Named.of("SEC 1", der(0x30, der(2, new byte[] {1}), der(4, RANDOM), der(0xA1, signed))),
        Named.of(
            "a certificate",
            der(0x30, der(0x30, der(2, RANDOM), spki), der(0x30, der(6, new byte[8])), signed)));
  }

  @ParameterizedTest
  @MethodSource("keysInDer")
  @DisplayName("an HMAC secret that is a key or a certificate in DER MUST be refused")
  void hmacDer(byte[] secret) {
    assertThatThrownBy(() -> SigningKey.hs256("k", secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in DER");
  }

  @Test
  @DisplayName("bytes that only begin like DER, or do not end with it, MUST be taken as a secret")
  void hmacAlmostDer() {
    byte[] whole = pair("Ed25519", NamedParameterSpec.ED25519).getPublic().getEncoded();
    for (int length = 32; length < whole.length; length++) {
      assertThat(Der.isSequence(Arrays.copyOf(whole, length))).isFalse();
    }
    assertThat(Der.isSequence(whole)).isTrue();
    assertThat(Der.isSequence(Arrays.copyOf(whole, whole.length + 1))).isFalse();
    assertThat(Der.isSequence(new byte[] {0x30, (byte) 0x80, 2, 1, 1, 2, 1, 1, 0, 0})).isFalse();
    assertThat(Der.isSequence(new byte[] {0x30, (byte) 0x84, 0, 0, 0, 6, 2, 1, 1, 2, 1, 1}))
        .isFalse();
  }

  private static byte[] der(int tag, byte[]... contents) {
    java.io.ByteArrayOutputStream inside = new java.io.ByteArrayOutputStream();
    for (byte[] content : contents) {
      inside.writeBytes(content);
    }
    java.io.ByteArrayOutputStream der = new java.io.ByteArrayOutputStream();
    der.write(tag);
    if (inside.size() >= 0x80) {
      der.write(0x82);
      der.write(inside.size() >> 8);
    }
    der.write(inside.size());
    der.writeBytes(inside.toByteArray());
    return der.toByteArray();
  }

  @Test
  @DisplayName("an elliptic-curve key that is no point of its curve MUST be refused")
  void offCurve() {
    ECPublicKey sound = (ECPublicKey) pair("EC", new ECGenParameterSpec("secp256r1")).getPublic();
    ECPoint moved =
        new ECPoint(sound.getW().getAffineX(), sound.getW().getAffineY().xor(BigInteger.ONE));

    assertThat(CurvePoints.isOnCurve(sound)).isTrue();
    assertThatThrownBy(() -> VerifyingKey.es256("k", at(moved, sound)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not on P-256");
    assertThat(CurvePoints.isOnCurve(at(ECPoint.POINT_INFINITY, sound))).isFalse();
  }

  private static ECPublicKey at(ECPoint point, ECPublicKey other) {
    return new ECPublicKey() {
      @Override
      public ECPoint getW() {
        return point;
      }

      @Override
      public java.security.spec.ECParameterSpec getParams() {
        return other.getParams();
      }

      @Override
      public String getAlgorithm() {
        return "EC";
      }

      @Override
      public String getFormat() {
        return "none";
      }

      @Override
      public byte[] getEncoded() {
        return new byte[0];
      }
    };
  }

  /** The eight points of small order and their other spellings, as libsodium lists them. */
  static Stream<String> pointsOfSmallOrder() {
    return Stream.of(
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
  }

  @ParameterizedTest
  @MethodSource("pointsOfSmallOrder")
  @DisplayName("an Ed25519 key of small order, for which anybody can sign, MUST be refused")
  void smallOrder(String hex) {
    for (boolean odd : new boolean[] {false, true}) {
      assertThatThrownBy(() -> VerifyingKey.ed25519("k", edwards(hex, odd)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("small order");
    }
  }

  @Test
  @DisplayName("half of all numbers are no point of Ed25519 and MUST be refused, and no sound key")
  void edwardsOffCurve() {
    int refused = 0;
    for (int y = 2; y < 102; y++) {
      String hex = "%02x".formatted(y) + "00".repeat(31);
      try {
        VerifyingKey.ed25519("k", edwards(hex, false));
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(30, 70);
    for (int i = 0; i < 20; i++) {
      PublicKey sound = pair("Ed25519", NamedParameterSpec.ED25519).getPublic();
      assertThatCode(() -> VerifyingKey.ed25519("k", (EdECPublicKey) sound))
          .doesNotThrowAnyException();
    }
  }

  private static EdECPublicKey edwards(String littleEndian, boolean odd) {
    byte[] bytes = HexFormat.of().parseHex(littleEndian);
    byte[] y = new byte[32];
    for (int i = 0; i < 32; i++) {
      y[31 - i] = bytes[i];
    }
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    return new EdECPublicKey() {
      @Override
      public EdECPoint getPoint() {
        return point;
      }

      @Override
      public NamedParameterSpec getParams() {
        return NamedParameterSpec.ED25519;
      }

      @Override
      public String getAlgorithm() {
        return "EdDSA";
      }

      @Override
      public String getFormat() {
        return "X.509";
      }

      @Override
      public byte[] getEncoded() {
        byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100" + littleEndian);
        encoded[encoded.length - 1] |= (byte) (odd ? 0x80 : 0);
        return encoded;
      }
    };
  }

  @Test
  @DisplayName("an HMAC secret that was never filled MUST be refused")
  void hmacZeros() {
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) -1);

    assertThatThrownBy(() -> SigningKey.hs256("k", new byte[32]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not random");
    assertThatThrownBy(() -> SigningKey.hs256("k", ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not random");
  }

  @Test
  @DisplayName("random secrets MUST NOT be taken for text: 10,000 of them are keys")
  void randomSecretsAreTaken() {
    Random random = new Random(42);
    byte[] secret = new byte[32];
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(secret);
      assertThatCode(() -> KeyStrength.requireHmac(Algorithm.HS256, secret))
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("an RSA key below 2048 bits, or with a tiny exponent, MUST be refused")
  void rsa() {
    KeyPair small = pair("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4));
    KeyPair tiny = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));

    assertThatThrownBy(() -> SigningKey.rs256("k", small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024 bits");
    assertThatThrownBy(() -> VerifyingKey.rs256("k", (RSAPublicKey) tiny.getPublic()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exponent (3)");
  }

  @Test
  @DisplayName("RSA keys that can be factored by their fingerprint MUST be told from sound ones")
  void roca() {
    BigInteger product = BigInteger.ONE;
    for (int i = 2; i < 400; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    Random random = new Random(15_361);
    for (int i = 0; i < 20; i++) {
      BigInteger modulus = new BigInteger(2048, random).setBit(2047).setBit(0);
      BigInteger power = BigInteger.valueOf(65_537).modPow(modulus, product);

      assertThat(KeyStrength.isRoca(modulus)).isFalse();
      assertThat(KeyStrength.isRoca(power.add(product))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  @DisplayName("an elliptic-curve key on another curve than P-256 MUST be refused")
  void curve(String name) {
    KeyPair other = pair("EC", new ECGenParameterSpec(name));

    assertThatThrownBy(() -> SigningKey.es256("k", other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P-256");
  }

  @Test
  @DisplayName("an Ed448 key MUST be refused, since its alg is the same as Ed25519's")
  void ed448() {
    KeyPair other = pair("Ed448", NamedParameterSpec.ED448);

    assertThatThrownBy(() -> SigningKey.ed25519("k", other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Ed448");
  }

  @Test
  @DisplayName("a key pair of another algorithm MUST be refused")
  void wrongKind() {
    KeyPair curve = pair("EC", new ECGenParameterSpec("secp256r1"));

    assertThatThrownBy(() -> SigningKey.rs256("k", curve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RS256 needs an RSA key");
    assertThatThrownBy(() -> SigningKey.ed25519("k", curve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ED25519 needs an Ed25519 key");
  }

  @Test
  @DisplayName("halves of two key pairs MUST be refused")
  void halvesThatDoNotMatch() {
    KeyPair one = pair("EC", new ECGenParameterSpec("secp256r1"));
    KeyPair two = pair("EC", new ECGenParameterSpec("secp256r1"));
    KeyPair edwards = pair("Ed25519", NamedParameterSpec.ED25519);

    for (KeyPair mixed :
        new KeyPair[] {
          new KeyPair(one.getPublic(), two.getPrivate()),
          new KeyPair(one.getPublic(), edwards.getPrivate())
        }) {
      assertThatThrownBy(() -> SigningKey.es256("mix", mixed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'mix' do not belong together");
    }
  }

  static Stream<String> badNames() {
    return Stream.of("", "a".repeat(65), "a.b", "a b", "ä", "a/../b", "a\u0000", "a\r\nb", "k=");
  }

  @ParameterizedTest
  @MethodSource("badNames")
  @DisplayName("a kid that is not 1 to 64 characters of base64url MUST be refused")
  void kid(String kid) {
    assertThatThrownBy(() -> SigningKey.hs256(kid, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%d characters".formatted(kid.length()));
    assertThatThrownBy(() -> SigningKey.generateEs256(kid))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a kid of 64 characters MUST be taken")
  void longestKid() {
    assertThat(SigningKey.hs256("a-_9".repeat(16), RANDOM).kid()).hasSize(64);
  }

  private static Named<byte[]> text(String name, String text) {
    return Named.of(name, text.getBytes(UTF_8));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
