package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.signed;
import static dev.statewise.jwt.Forge.utf8;
import static dev.statewise.jwt.Forge.verify;
import static dev.statewise.session.Rejection.MALFORMED;
import static dev.statewise.session.Rejection.MISSING;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.statewise.session.Credential;
import dev.statewise.spi.Verification;
import io.jsonwebtoken.Jwts;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers send. They have no key, or a token of another use, or all the time in the world.
 */
class HostileTokenTest {

  private static final SigningKey KEY = SigningKey.generateHs256("k1");
  private static final KeyPair RSA_PAIR =
      KeyStrengthTest.pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  private static final SigningKey RSA = SigningKey.rs256("r1", RSA_PAIR);
  private static final SigningKey CURVE = SigningKey.generateEs256("e1");
  private static final SigningKey EDWARDS = SigningKey.generateEd25519("d1");
  private static final String JJWT_TAKES_DER =
      "io.jsonwebtoken.impl.crypto.EllipticCurveSignatureValidator.derEncodingSupported";
  private static final String TOKEN = service(KEY).issue(session(Map.of("cart", "42"))).value();

  @Test
  @DisplayName("an empty token MUST be MISSING")
  void empty() {
    assertThat(verify(KEY, Credential.of(null))).isEqualTo(refused(MISSING));
  }

  static Stream<String> noTokens() {
    String[] parts = TOKEN.split("\\.", -1);
    return Stream.of(
        " ",
        ".",
        "..",
        "...",
        "a",
        "a.b",
        "a.b.c",
        "Bearer " + TOKEN,
        " " + TOKEN,
        TOKEN + " ",
        TOKEN + "\n",
        TOKEN + "\u0000",
        "\uFEFF" + TOKEN,
        TOKEN + ".",
        "." + TOKEN,
        TOKEN + "." + parts[2],
        TOKEN + "," + TOKEN,
        parts[0] + "." + parts[1],
        "." + parts[1] + "." + parts[2],
        parts[0] + "=." + parts[1] + "." + parts[2],
        parts[0] + "." + parts[1] + "=." + parts[2],
        TOKEN + "=",
        TOKEN + "%3D",
        TOKEN.replace('.', '\u2024'),
        "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
            .formatted(parts[1], parts[0], parts[2]));
  }

  @ParameterizedTest
  @MethodSource("noTokens")
  @DisplayName("a text that has not the form of a token MUST be MALFORMED")
  void form(String text) {
    assertThat(verify(KEY, new Credential(text))).isEqualTo(refused(MALFORMED));
  }

  @Test
  @DisplayName("a character outside base64url MUST be MALFORMED wherever it stands")
  void illegalCharacters() {
    List<Integer> places =
        List.of(0, 5, TOKEN.indexOf('.'), TOKEN.lastIndexOf('.') + 1, TOKEN.length());
    for (int c = 0; c < 0x300; c++) {
      if (Base64Url.isAlphabet((char) c)) {
        continue;
      }
      for (int place : places) {
        String spoiled = TOKEN.substring(0, place) + (char) c + TOKEN.substring(place);
        assertThat(verify(KEY, new Credential(spoiled)))
            .as("U+%04X at %d", c, place)
            .isEqualTo(refused(MALFORMED));
      }
    }
    assertThat(verify(KEY, new Credential(TOKEN + "!".repeat(5000)))).isEqualTo(refused(MALFORMED));
  }

  static Stream<SigningKey> keys() {
    return Stream.of(KEY, RSA, CURVE, EDWARDS);
  }

  @ParameterizedTest
  @MethodSource("keys")
  @DisplayName("a token MUST be refused for any other last character: one spelling, no stray bits")
  void lastCharacter(SigningKey key) {
    String token = service(key).issue(session(Map.of())).value();
    String body = token.substring(0, token.length() - 1);
    char last = token.charAt(token.length() - 1);
    for (char c = 0; c < 0x80; c++) {
      if (c != last) {
        assertThat(verify(key, new Credential(body + c)))
            .as("last character %s for %s", c, last)
            .isInstanceOf(Verification.Refused.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  @DisplayName("a token MUST be refused when any of its characters is changed, lost or doubled")
  void everyCharacterCounts(SigningKey key) {
    String token = service(key).issue(session(Map.of())).value();
    JwtTokenService service = service(key);
    // A verification with these takes a millisecond, so not every place is tried.
    int step = key == KEY || key == RSA ? 1 : 7;
    for (int i = 0; i < token.length(); i += step) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String before = token.substring(0, i);
      String after = token.substring(i + 1);
      for (String spoiled :
          List.of(
              before + other + after,
              before + after,
              before + token.charAt(i) + token.substring(i))) {
        assertThat(service.verify(new Credential(spoiled), NOW))
            .as("at %d", i)
            .isInstanceOf(Verification.Refused.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  @DisplayName("a token whose signature is empty, short, long or all zeros MUST be UNTRUSTED")
  void signatureForms(SigningKey key) {
    String token = service(key).issue(session(Map.of())).value();
    String input = token.substring(0, token.lastIndexOf('.') + 1);
    int bytes = key.signatureBytes();
    for (int length : new int[] {0, 1, bytes - 1, bytes, bytes + 1, 2 * bytes, 1000}) {
      Credential forged = new Credential(input + Base64Url.encode(new byte[length]));
      assertThat(verify(key, forged)).as("%d zeros", length).isEqualTo(refused(UNTRUSTED));
    }
  }

  @Test
  @DisplayName("an ES256 signature with r or s of 0, 1 or n MUST be UNTRUSTED")
  void psychicSignatures() {
    String token = service(CURVE).issue(session(Map.of())).value();
    String input = token.substring(0, token.lastIndexOf('.') + 1);
    byte[] genuine = Forge.decode(token.substring(token.lastIndexOf('.') + 1));
    BigInteger r = new BigInteger(1, Arrays.copyOf(genuine, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(genuine, 32, 64));
    List<BigInteger> edges =
        List.of(BigInteger.ZERO, BigInteger.ONE, ORDER, ORDER.add(BigInteger.ONE));
    List<byte[]> forged = new ArrayList<>();
    for (BigInteger edge : edges) {
      edges.forEach(other -> forged.add(signature(edge, other)));
      forged.add(signature(edge, s));
      forged.add(signature(r, edge));
    }

    for (byte[] signature : forged) {
      assertThat(verify(CURVE, new Credential(input + Base64Url.encode(signature))))
          .isEqualTo(refused(UNTRUSTED));
    }
  }

  @Test
  @DisplayName("an ES256 signature in DER MUST be UNTRUSTED, even where JJWT is told to take it")
  void signatureInDer() {
    String token = service(CURVE).issue(session(Map.of())).value();
    String input = token.substring(0, token.lastIndexOf('.') + 1);
    byte[] genuine = Forge.decode(token.substring(token.lastIndexOf('.') + 1));
    BigInteger r = new BigInteger(1, Arrays.copyOf(genuine, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(genuine, 32, 64));
    Credential inDer = new Credential(input + Base64Url.encode(new DerSignature(r, s).bytes()));

    System.setProperty(JJWT_TAKES_DER, "true");
    try {
      assertThat(verify(CURVE, inDer)).isEqualTo(refused(UNTRUSTED));
    } finally {
      System.clearProperty(JJWT_TAKES_DER);
    }
  }

  @Test
  @DisplayName("the twin (r, n - s) of an ES256 signature MUST be the same session, as documented")
  void twinSignature() {
    Credential token = service(CURVE).issue(session(Map.of()));
    String input = token.value().substring(0, token.value().lastIndexOf('.') + 1);
    byte[] genuine = Forge.decode(token.value().substring(input.length()));
    BigInteger r = new BigInteger(1, Arrays.copyOf(genuine, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(genuine, 32, 64));

    Credential twin = new Credential(input + Base64Url.encode(signature(r, ORDER.subtract(s))));

    assertThat(verify(CURVE, twin)).isEqualTo(verify(CURVE, token));
    assertThat(verify(CURVE, twin)).isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @MethodSource("keys")
  @DisplayName("alg none, in any case and with any signature, MUST be UNTRUSTED")
  void algNone(SigningKey key) {
    String genuine = service(key).issue(session(Map.of())).value();
    String signature = genuine.substring(genuine.lastIndexOf('.') + 1);
    for (int mask = 0; mask < 16; mask++) {
      StringBuilder none = new StringBuilder("none");
      for (int i = 0; i < 4; i++) {
        if ((mask >> i & 1) == 1) {
          none.setCharAt(i, Character.toUpperCase(none.charAt(i)));
        }
      }
      String header = header(key).replace(key.algorithm().alg(), none);
      String input = Base64Url.encode(utf8(header)) + "." + Base64Url.encode(utf8(claims())) + ".";
      assertThat(verify(key, new Credential(input))).isEqualTo(refused(UNTRUSTED));
      assertThat(verify(key, new Credential(input + signature))).isEqualTo(refused(UNTRUSTED));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hs256", "HS384", "HS512", "RS256", "HS256 ", "\uFF28S256", ""})
  @DisplayName("any alg but the one of the key MUST be UNTRUSTED, even over a genuine signature")
  void oneAlgorithmForEachKey(String alg) {
    Credential token = signed(KEY, header(KEY).replace("HS256", alg), claims());

    assertThat(verify(KEY, token)).isEqualTo(refused(UNTRUSTED));
  }

  @Test
  @DisplayName("a token MACed with the RSA public key MUST be UNTRUSTED, in DER and every PEM")
  void algorithmConfusion() {
    byte[] der = RSA_PAIR.getPublic().getEncoded();
    String base64 = Base64.getEncoder().encodeToString(der);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----";
    for (byte[] secret :
        List.of(
            der,
            utf8(base64),
            utf8(pem),
            utf8(pem + "\n"),
            utf8(" " + pem),
            utf8("\uFEFF" + pem))) {
      String input =
          Base64Url.encode(utf8(header(RSA).replace("RS256", "HS256")))
              + "."
              + Base64Url.encode(utf8(claims()));
      byte[] mac =
          Jwts.SIG.HS256.digest(
              new JwsRequest<>(new SecretKeySpec(secret, "HmacSHA256"), utf8(input), new byte[0]));

      assertThat(verify(RSA, new Credential(input + "." + Base64Url.encode(mac))))
          .isEqualTo(refused(UNTRUSTED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k2",
        "K1",
        "k1 ",
        "",
        "../k1",
        "k1\\u0000",
        "k1' OR '1'='1",
        "/dev/null",
        "\\r\\nX: y",
        "\\ud800"
      })
  @DisplayName("a kid that is not exactly one of the ring's MUST be UNTRUSTED")
  void unknownKid(String kid) {
    Credential token = signed(KEY, header(KEY).replace("\"k1\"", "\"" + kid + "\""), claims());

    assertThat(verify(KEY, token)).isEqualTo(refused(UNTRUSTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"kid\":\"k1\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"SESSION+JWT\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"application/session+jwt\"}",
        "{\"alg\":\"HS256\",\"typ\":\"session+jwt\"}",
        "{\"kid\":\"k1\",\"typ\":\"session+jwt\"}",
        "{}"
      })
  @DisplayName("a header without our kid, alg or typ MUST be UNTRUSTED, however well it is signed")
  void headerOfAnotherUse(String header) {
    assertThat(verify(KEY, signed(KEY, header, claims()))).isEqualTo(refused(UNTRUSTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[]",
        "\"crit\":[\"exp\"]",
        "\"b64\":false",
        "\"b64\":false,\"crit\":[\"b64\"]",
        "\"zip\":\"DEF\"",
        "\"jku\":\"https://evil.example/keys\"",
        "\"x5u\":\"https://evil.example/cert\"",
        "\"x5c\":[\"MIIB\"]",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "\"enc\":\"A128GCM\"",
        "\"cty\":\"JWT\"",
        "\"p2c\":2000000000",
        "\"exp\":9999999999",
        "\"ALG\":\"HS256\"",
        "\"alg\":\"HS256\"",
        "\"a\\u006cg\":\"none\"",
        "\"typ\":null",
        "\"x\":NaN",
        "\"x\":1,",
      })
  @DisplayName("a header with one more member MUST be refused, however well it is signed")
  void headerWithMore(String member) {
    String header = header(KEY).replace("}", "," + member + "}");
    Credential token = signed(KEY, header, claims());

    assertThat(verify(KEY, token)).isEqualTo(refused(UNTRUSTED));
    assertThat(Forge.reference(KEY, token)).isEqualTo(refused(MALFORMED));
  }

  static Stream<Named<byte[]>> headersThatAreNoText() {
    byte[] good = utf8(header(KEY));
    byte[] broken = good.clone();
    broken[9] = (byte) 0xC3;
    return Stream.of(
        Named.of("nothing", new byte[0]),
        Named.of("broken UTF-8", broken),
        Named.of("a byte order mark", utf8("\uFEFF" + header(KEY))),
        Named.of("UTF-16", header(KEY).getBytes(java.nio.charset.StandardCharsets.UTF_16BE)),
        Named.of("UTF-32", header(KEY).getBytes(java.nio.charset.Charset.forName("UTF-32BE"))),
        Named.of("text behind", utf8(header(KEY) + "garbage")),
        Named.of("another object behind", utf8(header(KEY) + header(KEY))),
        Named.of("a comment", utf8("/**/" + header(KEY))),
        Named.of("an array", utf8("[" + header(KEY) + "]")),
        Named.of("a string", utf8("\"alg\"")),
        Named.of("single quotes", utf8(header(KEY).replace('"', '\''))),
        Named.of("a number as kid", utf8(header(KEY).replace("\"k1\"", "1"))),
        Named.of("null as kid", utf8(header(KEY).replace("\"k1\"", "null"))),
        Named.of("an object as kid", utf8(header(KEY).replace("\"k1\"", "{\"k\":\"1\"}"))),
        Named.of("an array as alg", utf8(header(KEY).replace("\"HS256\"", "[\"HS256\"]"))),
        Named.of("more than 1 KiB", utf8(padded(769))));
  }

  @ParameterizedTest
  @MethodSource("headersThatAreNoText")
  @DisplayName("a header that is not strict JSON of at most 1 KiB MUST be refused")
  void headerForm(byte[] header) {
    Credential token =
        header.length == 0
            ? new Credential(TOKEN.substring(TOKEN.indexOf('.')))
            : signed(KEY, header, utf8(claims()));

    assertThat(verify(KEY, token)).isInstanceOf(Verification.Refused.class);
    assertThat(Forge.reference(KEY, token)).isEqualTo(refused(MALFORMED));
  }

  static Stream<String> otherSpellings() {
    return Stream.of(
        padded(768),
        " " + header(KEY),
        header(KEY).replace(":", ": "),
        header(KEY).replace("k1", "\\u006b1"),
        "{\"typ\":\"session+jwt\",\"kid\":\"k1\",\"alg\":\"HS256\"}");
  }

  @ParameterizedTest
  @MethodSource("otherSpellings")
  @DisplayName("our header in another spelling MUST be refused, though the gate can read it")
  void headerInAnotherSpelling(String header) {
    Credential token = signed(KEY, header, claims());

    assertThat(verify(KEY, token)).isEqualTo(refused(UNTRUSTED));
    assertThat(Forge.reference(KEY, token)).isInstanceOf(Verification.Verified.class);
  }

  static Stream<Arguments> costly() {
    String header = Base64Url.encode(utf8(header(KEY)));
    String digits = "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":%s}";
    return Stream.of(
        arguments("50 MB of alphabet", "A".repeat(50 << 20)),
        arguments("a payload of 50 MB", header + "." + "A".repeat(50 << 20) + ".AAAA"),
        arguments("a header of 50 MB", "A".repeat(50 << 20) + ".AAAA.AAAA"),
        arguments("a million dots", ".".repeat(1_000_000)),
        arguments("8,192 dots", ".".repeat(8192)),
        arguments("a million digits", unsigned(digits.formatted("1".repeat(1_000_000)))),
        arguments("as many digits as fit", unsigned(digits.formatted("1".repeat(700)))),
        arguments(
            "an exponent as long as fits", unsigned(digits.formatted("1e" + "9".repeat(700)))),
        arguments("10,000 arrays", unsigned(digits.formatted("[".repeat(10_000)))),
        arguments("as many arrays as fit", unsigned(digits.formatted("[".repeat(700)))),
        arguments("as many objects as fit", unsigned(digits.formatted("{\"a\":".repeat(140)))),
        arguments("names that collide", unsigned(digits.formatted("{" + collisions(100) + "}"))),
        arguments("a kid of 1 MB", unsigned("{\"kid\":\"" + "k".repeat(1 << 20) + "\"}")),
        arguments("a payload as long as fits", header + "." + "A".repeat(8000) + ".AAAA"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  @DisplayName("a token made to be costly MUST be refused for less than 2 MiB of allocation")
  void bounded(String what, String token) {
    JwtTokenService service = service(KEY);
    Credential credential = new Credential(token);
    service.verify(new Credential(TOKEN), NOW);

    long allocated =
        Allocation.during(
            () ->
                assertThat(service.verify(credential, NOW))
                    .as(what)
                    .isInstanceOf(Verification.Refused.class));

    assertThat(allocated).isLessThan(2 << 20);
  }

  @Test
  @DisplayName("a text longer than the limit MUST be refused without allocating for it at all")
  void nothingForTooLong() {
    JwtTokenService service = service(KEY);
    Credential huge = new Credential("A".repeat(50 << 20));
    service.verify(huge, NOW);

    long allocated = Allocation.during(() -> service.verify(huge, NOW));

    assertThat(allocated).isLessThan(1024);
  }

  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static byte[] signature(BigInteger r, BigInteger s) {
    byte[] both = new byte[64];
    put(r, both, 32);
    put(s, both, 64);
    return both;
  }

  private static void put(BigInteger number, byte[] into, int end) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, into, end - length, length);
  }

  /** The form that ES256 signatures have outside JOSE, shorter than 128 bytes. */
  private record DerSignature(BigInteger r, BigInteger s) {
    byte[] bytes() {
      byte[] first = r.toByteArray();
      byte[] second = s.toByteArray();
      java.io.ByteArrayOutputStream der = new java.io.ByteArrayOutputStream();
      der.writeBytes(new byte[] {0x30, (byte) (4 + first.length + second.length)});
      der.writeBytes(new byte[] {2, (byte) first.length});
      der.writeBytes(first);
      der.writeBytes(new byte[] {2, (byte) second.length});
      der.writeBytes(second);
      return der.toByteArray();
    }
  }

  private static String padded(int bytes) {
    return header(KEY) + " ".repeat(bytes - header(KEY).length());
  }

  private static String unsigned(String header) {
    return Base64Url.encode(utf8(header)) + "." + Base64Url.encode(utf8(claims())) + ".AAAA";
  }

  /** Names with one {@code hashCode}. */
  private static String collisions(int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 7; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      names.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
    }
    return names.toString();
  }
}
