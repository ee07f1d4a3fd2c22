package dev.statewise.jwt;

import static dev.statewise.jwt.ExternalForge.AUDIENCE;
import static dev.statewise.jwt.ExternalForge.ISSUER;
import static dev.statewise.jwt.ExternalForge.NOW;
import static dev.statewise.jwt.ExternalForge.RSA;
import static dev.statewise.jwt.ExternalForge.claims;
import static dev.statewise.jwt.ExternalForge.header;
import static dev.statewise.jwt.ExternalForge.issuer;
import static dev.statewise.jwt.ExternalForge.sessions;
import static dev.statewise.jwt.ExternalForge.token;
import static dev.statewise.jwt.Forge.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.Validation;
import io.jsonwebtoken.Jwts;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send as a token of somebody else, and what that somebody must not say. */
class HostileExternalTokenTest {

  private static final String OTHER_ISSUER = "https://other.example";
  private static final ExternalSessions SESSIONS = sessions(issuer(RSA));
  private static final String TOKEN = token(claims()).value();

  @Test
  @DisplayName("the token that the other tests spoil MUST be accepted unspoilt")
  void unspoilt() {
    assertThat(SESSIONS.validate(new Credential(TOKEN))).isInstanceOf(Validation.Accepted.class);
    assertThat(SESSIONS.validate(null)).isEqualTo(new Validation.Rejected(Rejection.MISSING));
    assertThat(reason(new Credential(""))).isEqualTo(Rejection.MISSING);
  }

  @ParameterizedTest
  @MethodSource("dev.statewise.jwt.HostileTokenTest#noTokens")
  @DisplayName("a text that has not the form of a token MUST be MALFORMED")
  void form(String text) {
    assertThat(reason(new Credential(text))).isEqualTo(Rejection.MALFORMED);
  }

  @Test
  @DisplayName("a character outside base64url MUST be MALFORMED wherever it stands")
  void illegalCharacters() {
    for (int c = 0; c < 0x300; c++) {
      if (Base64Url.isAlphabet((char) c)) {
        continue;
      }
      for (int place :
          new int[] {0, 5, TOKEN.indexOf('.'), TOKEN.lastIndexOf('.') + 1, TOKEN.length()}) {
        String spoiled = TOKEN.substring(0, place) + (char) c + TOKEN.substring(place);
        assertThat(reason(new Credential(spoiled))).isEqualTo(Rejection.MALFORMED);
      }
    }
  }

  @Test
  @DisplayName("a token MUST be refused when any of its characters is changed, lost or doubled")
  void everyCharacterCounts() {
    for (int i = 0; i < TOKEN.length(); i++) {
      char other = TOKEN.charAt(i) == 'A' ? 'B' : 'A';
      String before = TOKEN.substring(0, i);
      String after = TOKEN.substring(i + 1);
      for (String spoiled :
          List.of(
              before + other + after,
              before + after,
              before + TOKEN.charAt(i) + TOKEN.substring(i))) {
        assertRejected(new Credential(spoiled));
      }
    }
  }

  @Test
  @DisplayName("a token whose signature is empty, short, long or all zeros MUST be UNTRUSTED")
  void signatureForms() {
    String input = TOKEN.substring(0, TOKEN.lastIndexOf('.') + 1);
    for (int length : new int[] {0, 1, 255, 256, 257, 512}) {
      assertThat(reason(new Credential(input + Base64Url.encode(new byte[length]))))
          .isEqualTo(Rejection.UNTRUSTED);
    }
  }

  @Test
  @DisplayName("alg none, in any case and with any signature, MUST be UNTRUSTED")
  void algNone() {
    String signature = TOKEN.substring(TOKEN.lastIndexOf('.') + 1);
    for (String none : new String[] {"none", "None", "NONE", "nOnE"}) {
      String input = segments(header(RSA).replace("RS256", none), claims()) + ".";
      assertThat(reason(new Credential(input))).isEqualTo(Rejection.UNTRUSTED);
      assertThat(reason(new Credential(input + signature))).isEqualTo(Rejection.UNTRUSTED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS384", "RS512", "PS256", "ES256", "EdDSA", "HS256", "rs256", "RS256 ", ""})
  @DisplayName("any alg but the one of the key MUST be UNTRUSTED, even over a genuine signature")
  void oneAlgorithmForEachKey(String alg) {
    assertThat(reason(Forge.signed(RSA, header(RSA).replace("RS256", alg), claims())))
        .isEqualTo(Rejection.UNTRUSTED);
  }

  @Test
  @DisplayName(
      "a signature of the issuer's key by another algorithm than its own MUST be UNTRUSTED")
  void otherAlgorithmOfTheKey() {
    java.security.KeyPair pair =
        KeyStrengthTest.pair(
            "RSA",
            new java.security.spec.RSAKeyGenParameterSpec(
                2048, java.security.spec.RSAKeyGenParameterSpec.F4));
    SigningKey rs256 = SigningKey.rs256("k", pair);
    ExternalSessions one = sessions(issuer(rs256));

    assertThat(one.validate(Forge.signed(rs256, header(rs256), claims())))
        .isInstanceOf(Validation.Accepted.class);
    for (Algorithm other : new Algorithm[] {Algorithm.PS256, Algorithm.RS384, Algorithm.RS512}) {
      SigningKey signing = SigningKey.of("k", other, pair);
      assertThat(one.validate(Forge.signed(signing, header(signing), claims())))
          .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
    }
  }

  @Test
  @DisplayName("a token MACed with the issuer's public key MUST be UNTRUSTED, in DER and every PEM")
  void algorithmConfusion() {
    byte[] der = RSA.verifying().key().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----";
    String jwk = Jwks.of(RSA);
    for (byte[] secret : List.of(der, utf8(pem), utf8(pem + "\n"), utf8(" " + pem), utf8(jwk))) {
      String input = segments(header(RSA).replace("RS256", "HS256"), claims());
      byte[] mac =
          Jwts.SIG.HS256.digest(
              new JwsRequest<>(new SecretKeySpec(secret, "HmacSHA256"), utf8(input), new byte[0]));
      assertThat(reason(new Credential(input + "." + Base64Url.encode(mac))))
          .isEqualTo(Rejection.UNTRUSTED);
    }
  }

  @Test
  @DisplayName("an issuer's key MUST verify that issuer's tokens alone, whatever its name")
  void crossIssuer() {
    SigningKey theirs = SigningKey.generateRs256(RSA.kid());
    ExternalSessions both =
        ExternalSessions.of(
                issuer(RSA).subjectPrefix("shop:").build(),
                ExternalIssuer.builder(OTHER_ISSUER, AUDIENCE, IssuerKeys.of(theirs.verifying()))
                    .subjectPrefix("other:")
                    .build())
            .withClock(() -> NOW);
    String other = claims().replace(ISSUER, OTHER_ISSUER);

    assertThat(subject(both, token(claims()))).isEqualTo("shop:user-1");
    assertThat(subject(both, Forge.signed(theirs, header(theirs), other)))
        .isEqualTo("other:user-1");
    assertThat(both.validate(token(other)))
        .as("a token of the other issuer with our issuer's key")
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
    assertThat(both.validate(Forge.signed(theirs, header(theirs), claims())))
        .as("and the other way round")
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
    assertThat(SESSIONS.validate(Forge.signed(theirs, header(theirs), other)))
        .as("an issuer that nobody configured")
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
  }

  @Test
  @DisplayName(
      "two issuers MUST have different names, and subjects that cannot be taken for another's")
  void apart() {
    for (String[] prefixes : new String[][] {{"", ""}, {"a:", "a:"}, {"", "a:"}, {"a:", "a:b:"}}) {
      assertThatThrownBy(
              () ->
                  ExternalSessions.of(
                      issuer(RSA).subjectPrefix(prefixes[0]).build(),
                      ExternalIssuer.builder(OTHER_ISSUER, AUDIENCE, IssuerKeys.of(RSA.verifying()))
                          .subjectPrefix(prefixes[1])
                          .build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("two people");
    }
    assertThatThrownBy(
            () ->
                ExternalSessions.of(
                    issuer(RSA).subjectPrefix("a").build(), issuer(RSA).subjectPrefix("b").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Two issuers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idp-2027",
        "IDP-2026",
        "idp-2026 ",
        "",
        "../idp-2026",
        "\\u0000",
        "\\ud800",
        "a\\r\\nb"
      })
  @DisplayName("a kid that is not exactly one of the issuer's MUST be UNTRUSTED")
  void unknownKid(String kid) {
    assertThat(reason(Forge.signed(RSA, header(RSA).replace("idp-2026", kid), claims())))
        .isEqualTo(Rejection.UNTRUSTED);
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
        "\"nonce\":\"a\"",
        "\"alg\":\"RS256\"",
        "\"a\\u006cg\":\"none\"",
        "\"x5t\":1",
        "\"x5t\":null",
        "\"x5t#S256\":[\"a\"]",
        "\"x\":1,"
      })
  @DisplayName("a header with a member that could change its meaning MUST be MALFORMED")
  void headerWithMore(String member) {
    Credential token = Forge.signed(RSA, header(RSA).replace("}", "," + member + "}"), claims());

    assertThat(reason(token)).isEqualTo(Rejection.MALFORMED);
  }

  @Test
  @DisplayName("the thumbprints of a certificate in a header MUST change nothing")
  void thumbprints() {
    String header =
        header(RSA).replace("}", ",\"x5t\":\"AAAA\",\"x5t#S256\":\"https://evil.example\"}");

    assertThat(SESSIONS.validate(Forge.signed(RSA, header, claims())))
        .isInstanceOf(Validation.Accepted.class);
  }

  static Stream<Arguments> spoilt() {
    return Stream.of(
        // exp
        arguments("\"exp\":1795694700", "\"exp\":\"1795694700\""),
        arguments("\"exp\":1795694700", "\"exp\":\"\""),
        arguments("\"exp\":1795694700", "\"exp\":null"),
        arguments("\"exp\":1795694700", "\"exp\":1795694700.0"),
        arguments("\"exp\":1795694700", "\"exp\":1.7956947e9"),
        arguments("\"exp\":1795694700", "\"exp\":[1795694700]"),
        arguments("\"exp\":1795694700", "\"exp\":true"),
        arguments("\"exp\":1795694700", "\"exp\":\"2026-11-26T12:05:00Z\""),
        arguments("\"exp\":1795694700", "\"exp\":-9223372036854776"),
        arguments("\"exp\":1795694700", "\"exp\":9223372036854775807"),
        arguments("\"exp\":1795694700", "\"exp\":9223372036854775808"),
        arguments("\"exp\":1795694700", "\"exp\":" + "9".repeat(5000)),
        arguments("\"exp\":1795694700", "\"exp\":253402300800"),
        arguments("\"exp\":1795694700", "\"exp\":1795694400"),
        arguments("\"exp\":1795694700", "\"exp\":1795694399"),
        arguments("\"exp\":1795694700", "\"exp\":01795694700"),
        arguments("\"exp\":1795694700", "\"EXP\":1795694700"),
        arguments("\"exp\":1795694700,", ""),
        arguments("\"exp\":1795694700", "\"exp\":1795694700,\"exp\":1795694700"),
        arguments("\"exp\":1795694700", "\"exp\":1795694700,\"\\u0065xp\":9999999999"),
        // iat, nbf, auth_time
        arguments("\"iat\":1795694400,", ""),
        arguments("\"iat\":1795694400", "\"iat\":\"1795694400\""),
        arguments("\"iat\":1795694400", "\"iat\":-1"),
        arguments("\"iat\":1795694400", "\"iat\":9223372036854775807"),
        arguments("\"iat\":1795694400", "\"iat\":1795694400.5"),
        arguments("\"iat\":1795694400", "\"iat\":0"),
        arguments("\"iat\"", "\"nbf\":\"\",\"iat\""),
        arguments("\"iat\"", "\"nbf\":null,\"iat\""),
        arguments("\"iat\"", "\"nbf\":9223372036854775807,\"iat\""),
        arguments("\"iat\"", "\"nbf\":9223372036854775808,\"iat\""),
        arguments("\"iat\"", "\"nbf\":-1,\"iat\""),
        arguments("\"auth_time\":1795690800", "\"auth_time\":\"1795690800\""),
        arguments("\"auth_time\":1795690800", "\"auth_time\":null"),
        arguments("\"auth_time\":1795690800", "\"auth_time\":-1"),
        arguments("\"auth_time\":1795690800", "\"auth_time\":1795694431"),
        // who and for whom
        arguments(ISSUER, ISSUER + "/"),
        arguments(ISSUER, "https://IDP.example/realms/shop"),
        arguments(ISSUER, " " + ISSUER),
        arguments("\"iss\":\"" + ISSUER + "\"", "\"iss\":[\"" + ISSUER + "\"]"),
        arguments("\"iss\":\"" + ISSUER + "\",", ""),
        arguments("\"iss\"", "\"iss\":\"https://other.example\",\"iss\""),
        arguments("\"shop-api\"", "\"Shop-api\""),
        arguments("\"shop-api\"", "\"shop-api/\""),
        arguments("\"shop-api\"", "[\"shop-api\"]"),
        arguments("\"shop-api\"", "\"shop-api\",1"),
        arguments("[\"account\",\"shop-api\"]", "[]"),
        arguments("[\"account\",\"shop-api\"]", "\"account shop-api\""),
        arguments("[\"account\",\"shop-api\"]", "{\"shop-api\":\"shop-api\"}"),
        arguments("[\"account\",\"shop-api\"]", "null"),
        arguments("\"aud\":[\"account\",\"shop-api\"],", ""),
        arguments("\"sub\":\"user-1\",", ""),
        arguments("\"user-1\"", "\"\""),
        arguments("\"user-1\"", "\" \""),
        arguments("\"user-1\"", "1"),
        arguments("\"user-1\"", "null"),
        arguments("\"user-1\"", "[\"user-1\"]"),
        arguments("user-1", "user\\u0000"),
        arguments("user-1", "user\\ud800"),
        // the name of the session: one that is there and wrong is not passed over for the jti
        arguments("\"s-1\"", "\"\""),
        arguments("\"s-1\"", "null"),
        arguments("\"s-1\"", "1"),
        arguments("\"s-1\"", "[\"s-1\"]"),
        arguments("s-1", "s 1"),
        arguments("s-1", "s\\n1"),
        arguments("s-1", "s\\u0000"),
        arguments("s-1", "s\\ud800"),
        arguments("\"s-1\"", "\"" + "s".repeat(257) + "\""),
        // the form
        arguments("{\"exp\"", "[{\"exp\""),
        arguments("\"score\":1.5", "\"score\":NaN"),
        arguments("\"score\":1.5", "\"score\":" + "1".repeat(65)),
        arguments("\"score\":1.5", "\"score\":" + "[".repeat(9) + "]".repeat(9)),
        arguments("\"score\":1.5", "\"score\":{\"a\":1,\"a\":2}"),
        arguments("\"score\":1.5", "\"score\":1.5,"),
        arguments("\"score\":1.5", "\"score\":1.5 // a comment\n"),
        arguments("\"nothing\":null}", "\"nothing\":null}garbage"),
        arguments("\"nothing\":null}", "\"nothing\":null}{}"),
        arguments("\"nothing\":null}", "\"nothing\":null"));
  }

  @ParameterizedTest
  @MethodSource("spoilt")
  @DisplayName(
      "claims that are not as they must be MUST be UNTRUSTED, however well they are signed")
  void spoiltClaims(String part, String spoilt) {
    assertThat(claims()).contains(part);

    assertThat(reason(token(claims().replace(part, spoilt)))).isEqualTo(Rejection.UNTRUSTED);
  }

  @Test
  @DisplayName("claims that are not UTF-8 MUST be UNTRUSTED")
  void notUtf8() {
    byte[] broken = utf8(claims());
    broken[broken.length - 4] = (byte) 0xC3;
    for (byte[] payload :
        List.of(
            broken,
            utf8("\uFEFF" + claims()),
            claims().getBytes(java.nio.charset.StandardCharsets.UTF_16LE))) {
      assertThat(reason(Forge.signed(RSA, utf8(header(RSA)), payload)))
          .isEqualTo(Rejection.UNTRUSTED);
    }
  }

  @Test
  @DisplayName("a JWE, whatever is in it, MUST NOT be taken for a token")
  void encrypted() {
    String jwe =
        Jwts.builder()
            .content(TOKEN)
            .encryptWith(
                (RSAPublicKey) RSA.verifying().key(), Jwts.KEY.RSA_OAEP_256, Jwts.ENC.A128GCM)
            .compact();

    assertThat(reason(new Credential(jwe))).isEqualTo(Rejection.MALFORMED);
  }

  @Test
  @DisplayName("the twin (r, n - s) of an ES256 signature MUST be the same session, ended with it")
  void twin() {
    SigningKey curve = SigningKey.generateEs256("e");
    ExternalSessions one = sessions(issuer(curve));
    Credential token = Forge.signed(curve, header(curve), claims());
    String input = token.value().substring(0, token.value().lastIndexOf('.') + 1);
    byte[] genuine = Forge.decode(token.value().substring(input.length()));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(genuine, 32, 64));
    BigInteger other = ((ECPublicKey) curve.verifying().key()).getParams().getOrder().subtract(s);
    byte[] twin = Arrays.copyOf(Arrays.copyOf(genuine, 32), 64);
    System.arraycopy(Jwks.fixed(other, 32), 0, twin, 32, 32);

    assertThat(one.validate(new Credential(input + Base64Url.encode(twin))))
        .isEqualTo(one.validate(token))
        .isInstanceOf(Validation.Accepted.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.statewise.jwt.HostileTokenTest#costly")
  @DisplayName("a token made to be costly MUST be refused for less than 2 MiB of allocation")
  void bounded(String what, String token) {
    Credential credential = new Credential(token);
    SESSIONS.validate(new Credential(TOKEN));

    assertThat(Allocation.during(() -> assertRejected(credential))).as(what).isLessThan(2 << 20);
  }

  @Test
  @DisplayName("claims made to be costly MUST be refused for less than 2 MiB of allocation")
  void boundedClaims() {
    SESSIONS.validate(new Credential(TOKEN));
    for (String claims :
        new String[] {
          "{\"iss\":\"" + ISSUER + "\",\"a\":" + "[".repeat(5900),
          "{\"iss\":\"" + ISSUER + "\",\"a\":[" + "[],".repeat(1900) + "1]}",
          "{\"iss\":\"" + ISSUER + "\",\"a\":" + "9".repeat(5900) + "}",
          "{\"iss\":\"" + ISSUER + "\",\"a\":1e" + "9".repeat(5900) + "}"
        }) {
      Credential token = new Credential(segments(header(RSA), claims) + ".AAAA");
      assertThat(token.value().length()).isLessThan(JwtTokenService.MAX_TOKEN_BYTES);

      assertThat(Allocation.during(() -> assertRejected(token))).isLessThan(2 << 20);
    }
  }

  private static String segments(String header, String claims) {
    return Base64Url.encode(utf8(header)) + "." + Base64Url.encode(utf8(claims));
  }

  private static String subject(ExternalSessions sessions, Credential token) {
    return sessions.validate(token).acceptedOrThrow().session().subject();
  }

  private static void assertRejected(Credential token) {
    assertThat(SESSIONS.validate(token)).isInstanceOf(Validation.Rejected.class);
  }

  private static Rejection reason(Credential token) {
    Validation validation = SESSIONS.validate(token);
    assertThat(validation).isInstanceOf(Validation.Rejected.class);
    return ((Validation.Rejected) validation).reason();
  }
}
