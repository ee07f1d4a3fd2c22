package dev.statewise.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JWK Set is written by others, and may be anything. */
class JwkSetReaderTest {

  private static final RSAPublicKey RSA =
      (RSAPublicKey) SigningKey.generateRs256("r").verifying().key();
  private static final ECPublicKey CURVE =
      (ECPublicKey) SigningKey.generateEs256("e").verifying().key();
  private static final Set<Algorithm> PUBLIC =
      EnumSet.of(Algorithm.RS256, Algorithm.ES256, Algorithm.ED25519);

  @Test
  @DisplayName("public keys of every kind MUST be taken under their names, and verify")
  void taken() {
    SigningKey rsa = SigningKey.generateRs256("r");
    SigningKey curve = SigningKey.generateEs256("e");
    SigningKey edwards = SigningKey.generateEd25519("d");

    JwkSet set = read(set(Jwks.of(rsa), Jwks.of(curve), Jwks.of(edwards)));

    assertThat(set.findings()).isEmpty();
    assertThat(set.keys()).containsOnlyKeys("r", "e", "d");
    for (SigningKey key : new SigningKey[] {rsa, curve, edwards}) {
      byte[] text = key.kid().getBytes(UTF_8);
      VerifyingKey read = key(set, key.kid());
      assertThat(read.algorithm()).isEqualTo(key.algorithm());
      assertThat(read.verifies(text, key.sign(text))).isTrue();
      assertThat(read.verifies(text, key.sign(new byte[1]))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "PS384", "ES256", "ES384", "ES512", "ED25519"})
  @DisplayName("what a ring publishes MUST be read again, each key under its name")
  void published(Algorithm algorithm) {
    SigningKey current = SigningKey.generate("2026-11", algorithm);
    SigningKey next = SigningKey.generate("2026-12", algorithm).namedByThumbprint();
    String published = KeyRing.of(current).withVerifying(next.verifying()).jwks(Forge.NOW);

    JwkSet read = read(published, algorithm);

    assertThat(read.findings()).isEmpty();
    for (SigningKey key : new SigningKey[] {current, next}) {
      byte[] text = {1, 2, 3};
      assertThat(key(read, key.kid()).verifies(text, key.sign(text))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use\":\"enc\"",
        "\"key_ops\":[\"encrypt\",\"wrapKey\"]",
        "\"key_ops\":[]",
        "\"alg\":\"RSA-OAEP\"",
        "\"alg\":\"PS256\"",
        "\"alg\":\"RS512\""
      })
  @DisplayName("a key for something else than an allowed algorithm MUST be left out in silence")
  void forSomethingElse(String member) {
    JwkSet set = read(set(rsa("r", member), Jwks.of(SigningKey.generateEs256("e"))));

    assertThat(set.keys()).containsOnlyKeys("e");
    assertThat(set.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use\":\"sig\"",
        "\"key_ops\":[\"verify\"]",
        "\"key_ops\":[\"sign\",\"verify\"],\"use\":\"sig\"",
        "\"alg\":\"RS256\"",
        "\"x5c\":[\"MIIB\"],\"x5t\":\"abc\",\"issuer\":{\"a\":[1,2.5,null,true]}"
      })
  @DisplayName("a key for verifying MUST be taken, whatever else it says of itself")
  void forVerifying(String member) {
    assertThat(read(set(rsa("r", member))).keys()).containsOnlyKeys("r");
  }

  @Test
  @DisplayName("an unknown kind of key MUST be left out in silence (RFC 7517 §5)")
  void unknownKind() {
    JwkSet set =
        read(set("{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"kid\":\"q\",\"pub\":\"AA\"}", rsa("r")));

    assertThat(set.keys()).containsOnlyKeys("r");
    assertThat(set.findings()).isEmpty();
  }

  @Test
  @DisplayName("a key without alg MUST have the one allowed algorithm of its kind, or none")
  void boundToOneAlgorithm() {
    String set = set(rsa("r"));

    assertThat(key(read(set, Algorithm.PS384, Algorithm.ES256), "r").algorithm())
        .isEqualTo(Algorithm.PS384);
    assertThat(read(set, Algorithm.ES256, Algorithm.ED25519).keys()).isEmpty();
    JwkSet ambiguous = read(set, Algorithm.RS256, Algorithm.PS256);
    assertThat(ambiguous.keys()).isEmpty();
    assertThat(ambiguous.findings())
        .singleElement()
        .asString()
        .contains("names no alg")
        .contains("RS256, PS256");
  }

  static Stream<Named<String>> refused() {
    String n = Base64Url.encode(Jwks.unsigned(RSA.getModulus()));
    String x = Base64Url.encode(Jwks.fixed(CURVE.getW().getAffineX(), 32));
    String y = Base64Url.encode(Jwks.fixed(CURVE.getW().getAffineY(), 32));
    String moved = Base64Url.encode(Jwks.fixed(CURVE.getW().getAffineY().xor(BigInteger.ONE), 32));
    String curve = "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}";
    String rsa = "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"%s\",\"e\":\"%s\"}";
    byte[] even = Jwks.unsigned(RSA.getModulus());
    even[even.length - 1] &= (byte) ~1;
    return Stream.of(
        Named.of("a private RSA key", rsa("k", "\"d\":\"AQAB\"")),
        Named.of("a prime of an RSA key", rsa("k", "\"p\":\"AQAB\"")),
        Named.of("a secret", "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"" + n + "\"}"),
        Named.of("a secret without its value", "{\"kty\":\"oct\",\"kid\":\"k\"}"),
        Named.of("a private key of an unknown kind", "{\"kty\":\"AKP\",\"d\":\"AA\"}"),
        Named.of("no kty", "{\"kid\":\"k\",\"n\":\"" + n + "\",\"e\":\"AQAB\"}"),
        Named.of("a number as kty", "{\"kty\":1,\"kid\":\"k\"}"),
        Named.of("no kid", rsa("k").replace("\"kid\":\"k\",", "")),
        Named.of("an empty kid", rsa("")),
        Named.of("a kid with a line feed", rsa("a\\nb")),
        Named.of("a kid of 257 characters", rsa("k".repeat(257))),
        Named.of("a number as kid", rsa("k").replace("\"k\"", "1")),
        Named.of("a list as use", rsa("k", "\"use\":[\"sig\"]")),
        Named.of("a text as key_ops", rsa("k", "\"key_ops\":\"verify\"")),
        Named.of("an operation twice", rsa("k", "\"key_ops\":[\"verify\",\"verify\"]")),
        Named.of("an alg of another kind", rsa("k", "\"alg\":\"ES256\"")),
        Named.of(
            "an alg of another curve",
            curve.formatted(x, y).replace("P-256\"", "P-256\",\"alg\":\"ES384\"")),
        Named.of("an HMAC as alg", rsa("k", "\"alg\":\"HS256\"")),
        Named.of(
            "RSA of 1024 bits",
            rsa.formatted(
                Base64Url.encode(Arrays.copyOf(even, 128)).replaceAll("A*$", "B"), "AQAB")),
        Named.of("an exponent of 3", rsa.formatted(n, "Aw")),
        Named.of("an exponent of 2^32 + 1", rsa.formatted(n, "AQAAAAE")),
        Named.of("an even modulus", rsa.formatted(Base64Url.encode(even), "AQAB")),
        Named.of("an even exponent", rsa.formatted(n, "AQAC")),
        Named.of(
            "a zero before the modulus",
            rsa.formatted(Base64Url.encode(RSA.getModulus().toByteArray()), "AQAB")),
        Named.of("an RSA key of 9000 bits", rsa.formatted("_".repeat(1500), "AQAB")),
        Named.of("padding", rsa.formatted(n, "AQA=")),
        Named.of("stray bits", rsa.formatted(n, "AQB")),
        Named.of("a character outside base64url", rsa.formatted(n, "AQ!B")),
        Named.of("no modulus", "{\"kty\":\"RSA\",\"kid\":\"k\",\"e\":\"AQAB\"}"),
        Named.of("a point off its curve", curve.formatted(x, moved)),
        Named.of("a coordinate too long", curve.formatted("AAAA" + x, y)),
        Named.of("a coordinate too short", curve.formatted("AQAB", y)),
        Named.of("the point 0, 0", curve.formatted("A".repeat(43), "A".repeat(43))),
        Named.of(
            "an Ed25519 key of small order",
            "{\"kty\":\"OKP\",\"kid\":\"k\",\"crv\":\"Ed25519\",\"x\":\"AQ"
                + "A".repeat(41)
                + "\"}"),
        Named.of(
            "an Ed25519 key in another spelling",
            "{\"kty\":\"OKP\",\"kid\":\"k\",\"crv\":\"Ed25519\",\"x\":\"7v"
                + "_".repeat(40)
                + "8\"}"),
        Named.of(
            "an Ed25519 key of 31 bytes",
            "{\"kty\":\"OKP\",\"kid\":\"k\",\"crv\":\"Ed25519\",\"x\":\""
                + "A".repeat(41)
                + "E\"}"),
        Named.of("no object", "\"key\""));
  }

  @ParameterizedTest
  @MethodSource("refused")
  @DisplayName(
      "a key that should not be there MUST be refused with a finding, and the others taken")
  void findings(String jwk) {
    JwkSet set = read(set(jwk, Jwks.of(SigningKey.generateEs256("other"))));

    assertThat(set.keys()).containsOnlyKeys("other");
    assertThat(set.findings()).singleElement().asString().startsWith("Key 1 of the JWK Set ");
    assertThatThrownBy(
            () -> IssuerKeys.jwkSet(set(jwk), Algorithm.RS256, Algorithm.ES256, Algorithm.ED25519))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a private or symmetric key MUST be called what it is, without a word of it")
  void loud() {
    String secret = "c2VjcmV0".repeat(8);
    JwkSet set = read(set(rsa("k", "\"d\":\"" + secret + "\"")));

    assertThat(set.findings())
        .singleElement()
        .asString()
        .contains("could sign")
        .contains("replace it at once")
        .doesNotContain(secret);
  }

  @Test
  @DisplayName("two keys of one name MUST both be left out, three too")
  void twoOfOneName() {
    String twice =
        set(Jwks.of(SigningKey.generateEs256("k")), Jwks.of(SigningKey.generateEs256("k")));
    String thrice =
        set(
            Jwks.of(SigningKey.generateEs256("k")),
            Jwks.of(SigningKey.generateEs256("k")),
            Jwks.of(SigningKey.generateEs256("k")),
            Jwks.of(SigningKey.generateEs256("other")));

    assertThat(read(twice).keys()).isEmpty();
    assertThat(read(twice).findings()).singleElement().asString().contains("name of another");
    assertThat(read(thrice).keys()).containsOnlyKeys("other");
  }

  @Test
  @DisplayName("a key for encryption MAY have the name of one for signatures")
  void oneNameForTwoUses() {
    assertThat(read(set(rsa("k", "\"use\":\"enc\""), rsa("k", "\"use\":\"sig\""))).keys())
        .containsOnlyKeys("k");
  }

  @Test
  @DisplayName("one key listed with two algorithms MUST be left out under both names")
  void twoAlgorithms() {
    JwkSet set =
        read(
            set(rsa("a", "\"alg\":\"RS256\""), rsa("b", "\"alg\":\"PS256\"")),
            Algorithm.RS256,
            Algorithm.PS256);

    assertThat(set.keys()).isEmpty();
    assertThat(set.findings()).hasSize(2);
  }

  static Stream<Named<String>> noSets() {
    String key = rsa("r");
    return Stream.of(
        Named.of("nothing", ""),
        Named.of("a page", "<html></html>"),
        Named.of("a list", "[" + key + "]"),
        Named.of("a key", key),
        Named.of("keys that are no list", "{\"keys\":" + key + "}"),
        Named.of("keys twice", "{\"keys\":[],\"keys\":[" + key + "]}"),
        Named.of("a member of a key twice", set(rsa("r", "\"kid\":\"s\""))),
        Named.of("a member twice that nobody reads", set(rsa("r", "\"x\":{\"y\":1,\"y\":1}"))),
        Named.of("text behind", set(key) + "x"),
        Named.of("another set behind", set(key) + set(key)),
        Named.of("too deep", set(rsa("r", "\"x\":" + "[".repeat(9) + "]".repeat(9)))),
        Named.of("a million levels", "{\"keys\":" + "[".repeat(1_000_000)),
        Named.of("a number of a thousand digits", set(rsa("r", "\"x\":" + "1".repeat(1000)))),
        Named.of("101 keys", set(Stream.generate(() -> key).limit(101).toArray(String[]::new))),
        Named.of("more than a mebibyte", set(rsa("r", "\"x\":\"" + "a".repeat(1 << 20) + "\""))));
  }

  @ParameterizedTest
  @MethodSource("noSets")
  @DisplayName("what is no JWK Set in strict JSON MUST be refused whole")
  void noSet(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JWK Set");
  }

  @Test
  @DisplayName("bytes that are not UTF-8 MUST be refused")
  void notUtf8() {
    byte[] utf16 = set(rsa("r")).getBytes(StandardCharsets.UTF_16LE);
    byte[] broken = set(rsa("r\u00e4")).getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> JwkSetReader.read(utf16, PUBLIC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JwkSetReader.read(broken, PUBLIC))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("fixed keys MUST have different names, one algorithm each and one kind")
  void fixedKeys() {
    VerifyingKey secret = SigningKey.generateHs256("s").verifying();
    VerifyingKey rsa = VerifyingKey.rs256("r", RSA);

    assertThat(IssuerKeys.of(rsa, VerifyingKey.rs256("again", RSA)).allows("RS256")).isTrue();
    for (VerifyingKey other :
        new VerifyingKey[] {
          secret, VerifyingKey.ps256("p", RSA), SigningKey.generateEs256("r").verifying()
        }) {
      assertThatThrownBy(() -> IssuerKeys.of(rsa, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot belong to one issuer");
    }
  }

  @Test
  @DisplayName("a set that is read once MUST have a key, and no HMAC may be allowed for it")
  void jwkSet() {
    assertThatThrownBy(() -> IssuerKeys.jwkSet(set(rsa("r")), Algorithm.ES256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no key for [ES256]");
    assertThatThrownBy(() -> IssuerKeys.jwkSet(set(rsa("r")), Algorithm.RS256, Algorithm.HS256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HMAC");
    assertThat(IssuerKeys.jwkSet(set(rsa("r")), Algorithm.RS256))
        .hasToString("IssuerKeys[r RS256]");
  }

  private static VerifyingKey key(JwkSet set, String kid) {
    return java.util.Objects.requireNonNull(set.keys().get(kid), kid);
  }

  private static JwkSet read(String json) {
    return JwkSetReader.read(json.getBytes(UTF_8), PUBLIC);
  }

  private static JwkSet read(String json, Algorithm first, Algorithm... more) {
    return JwkSetReader.read(json.getBytes(UTF_8), EnumSet.of(first, more));
  }

  private static String set(String... keys) {
    return Jwks.set(keys);
  }

  private static String rsa(String kid, String... more) {
    return Jwks.rsa(kid, RSA, more);
  }
}
