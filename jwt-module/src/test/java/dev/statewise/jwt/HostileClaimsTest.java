package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.signed;
import static dev.statewise.jwt.Forge.utf8;
import static dev.statewise.jwt.Forge.verify;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.statewise.session.Credential;
import dev.statewise.spi.Verification;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims that are genuinely signed, by an older or another program with our key, and not ours. */
class HostileClaimsTest {

  private static final SigningKey KEY = SigningKey.generateHs256("k1");

  @Test
  @DisplayName("the claims that the other tests spoil MUST be accepted unspoilt")
  void unspoilt() {
    assertThat(verify(KEY, signed(KEY, header(KEY), claims())))
        .isInstanceOf(Verification.Verified.class);
  }

  static Stream<Arguments> spoilt() {
    return Stream.of(
        // exp
        arguments("\"exp\":1795348800", "\"exp\":\"1795348800\""),
        arguments("\"exp\":1795348800", "\"exp\":\"\""),
        arguments("\"exp\":1795348800", "\"exp\":null"),
        arguments("\"exp\":1795348800", "\"exp\":1795348800.0"),
        arguments("\"exp\":1795348800", "\"exp\":1.7953488e9"),
        arguments("\"exp\":1795348800", "\"exp\":[1795348800]"),
        arguments("\"exp\":1795348800", "\"exp\":true"),
        arguments("\"exp\":1795348800", "\"exp\":\"2026-11-22T12:00:00Z\""),
        arguments("\"exp\":1795348800", "\"exp\":-9223372036854776"),
        arguments("\"exp\":1795348800", "\"exp\":9223372036854775807"),
        arguments("\"exp\":1795348800", "\"exp\":9223372036854775808"),
        arguments("\"exp\":1795348800", "\"exp\":" + "9".repeat(5000)),
        arguments("\"exp\":1795348800", "\"exp\":1795348801"),
        arguments("\"exp\":1795348800", "\"exp\":1795348799"),
        arguments("\"exp\":1795348800", "\"exp\":01795348800"),
        arguments("\"exp\":1795348800", "\"exp\":+1795348800"),
        arguments("\"exp\":1795348800", "\"exp\":0x6B02D0C0"),
        arguments("\"exp\":1795348800,", ""),
        arguments("\"exp\":1795348800", "\"EXP\":1795348800"),
        arguments("\"exp\":1795348800", "\"exp\":1795348800,\"exp\":1795348800"),
        arguments("\"exp\":1795348800", "\"exp\":1795348800,\"\\u0065xp\":9999999999"),
        // who and for whom
        arguments("https://a.example", "https://a.example/"),
        arguments("https://a.example", "https://A.example"),
        arguments("https://a.example", " https://a.example"),
        arguments("https://a.example", "https://evil.example"),
        arguments("\"iss\":\"https://a.example\"", "\"iss\":[\"https://a.example\"]"),
        arguments("\"iss\":\"https://a.example\",", ""),
        arguments("\"aud\":\"web\"", "\"aud\":\"app\""),
        arguments("\"aud\":\"web\"", "\"aud\":\"Web\""),
        arguments("\"aud\":\"web\"", "\"aud\":[\"web\"]"),
        arguments("\"aud\":\"web\"", "\"aud\":[\"web\",\"app\"]"),
        arguments("\"aud\":\"web\"", "\"aud\":\"\""),
        arguments("\"aud\":\"web\",", ""),
        // the session
        arguments("\"sid\":\"abcDEF012345-_9\",", ""),
        arguments("abcDEF012345-_9", "abcDEF012345-_"),
        arguments("abcDEF012345-_9", "abcDEF012345-_99"),
        arguments("abcDEF012345-_9", "abcDEF012345-/9"),
        arguments("\"sid\":\"abcDEF012345-_9\"", "\"sid\":null"),
        arguments("\"sid\":\"abcDEF012345-_9\"", "\"sid\":\"\""),
        arguments("\"ver\":1", "\"ver\":0"),
        arguments("\"ver\":1", "\"ver\":-1"),
        arguments("\"ver\":1", "\"ver\":\"1\""),
        arguments("\"ver\":1", "\"ver\":1.0"),
        arguments("\"ver\":1", "\"ver\":9223372036854775808"),
        arguments("\"ver\":1,", ""),
        arguments("\"sub\":\"user-12345\"", "\"sub\":\"\""),
        arguments("\"sub\":\"user-12345\"", "\"sub\":null"),
        arguments("\"sub\":\"user-12345\"", "\"sub\":12345"),
        arguments("user-12345", "user\\u0000"),
        arguments("user-12345", "user\\ud800"),
        arguments("user-12345", "user\\udc00\\ud800"),
        arguments("user-12345", "user\n"),
        arguments("\"cat\":1795347000450", "\"cat\":-1"),
        arguments("\"cat\":1795347000450", "\"cat\":253402300800000"),
        arguments("\"cat\":1795347000450", "\"cat\":9223372036854775807"),
        arguments("\"cat\":1795347000450", "\"cat\":\"1795347000450\""),
        arguments("\"cat\":1795347000450,", ""),
        arguments("\"iat\":1795347000", "\"iat\":-1"),
        arguments("\"iat\":1795347000", "\"iat\":253402300800"),
        arguments("\"iat\":1795347000", "\"iat\":9223372036854775807"),
        arguments("\"iat\":1795347000", "\"iat\":1795347001"),
        arguments("\"iat\":1795347000,", ""),
        arguments("\"idl\":1800", "\"idl\":0"),
        arguments("\"idl\":1800", "\"idl\":-1800"),
        arguments("\"idl\":1800", "\"idl\":1801"),
        arguments("\"idl\":1800", "\"idl\":3153600001"),
        arguments("\"idl\":1800", "\"idl\":9223372036854775807"),
        arguments("\"idl\":1800,", ""),
        arguments("\"max\":43200250", "\"max\":0"),
        arguments("\"max\":43200250", "\"max\":-1"),
        arguments("\"max\":43200250", "\"max\":253402300799999"),
        arguments("\"max\":43200250", "\"max\":9223372036854775807"),
        arguments("\"max\":43200250,", ""),
        arguments("{\"cart\":\"42\"}", "{}"),
        arguments("{\"cart\":\"42\"}", "null"),
        arguments("{\"cart\":\"42\"}", "[]"),
        arguments("{\"cart\":\"42\"}", "\"cart\""),
        arguments("{\"cart\":\"42\"}", "{\"cart\":42}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":null}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":{\"a\":\"b\"}}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":[\"42\"]}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":\"42\",\"cart\":\"43\"}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":\"42\",\"c\\u0061rt\":\"43\"}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":\"\\u0000\"}"),
        arguments("{\"cart\":\"42\"}", "{\"\\u0000\":\"42\"}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":\"\\udfff\"}"),
        arguments("{\"cart\":\"42\"}", "{\"cart\":\"42\",}"),
        // strangers
        arguments("\"ver\":1", "\"ver\":1,\"nbf\":1795347000"),
        arguments("\"ver\":1", "\"ver\":1,\"jti\":\"x\""),
        arguments("\"ver\":1", "\"ver\":1,\"admin\":\"true\""),
        arguments("\"ver\":1", "\"ver\":1,\"@class\":\"java.lang.Runtime\""),
        arguments("\"ver\":1", "\"ver\":1,\"\":\"\""),
        arguments("\"ver\":1", "\"ver\":" + "[".repeat(3000)),
        arguments("\"ver\":1", "\"ver\":" + "{\"a\":".repeat(1000)));
  }

  @ParameterizedTest(name = "{1} for {0}")
  @MethodSource("spoilt")
  @DisplayName("claims with one thing wrong MUST be UNTRUSTED, however well they are signed")
  void oneThingWrong(String good, String bad) {
    String payload = claims().replace(good, bad);

    assertThat(payload).isNotEqualTo(claims());
    assertThat(verify(KEY, signed(KEY, header(KEY), payload))).isEqualTo(refused(UNTRUSTED));
  }

  static Stream<Named<byte[]>> payloadsThatAreNoText() {
    byte[] overlong = utf8(claims());
    int at = claims().indexOf("user-12345");
    byte[] continuation = overlong.clone();
    overlong[at] = (byte) 0xC0;
    overlong[at + 1] = (byte) 0x80;
    continuation[at] = (byte) 0x80;
    byte[] surrogate = utf8(claims());
    System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, surrogate, at, 3);
    return Stream.of(
        Named.of("nothing", new byte[0]),
        Named.of("overlong UTF-8", overlong),
        Named.of("a stray continuation byte", continuation),
        Named.of("a surrogate in UTF-8", surrogate),
        Named.of("a byte order mark", utf8("\uFEFF" + claims())),
        Named.of("UTF-16BE", claims().getBytes(StandardCharsets.UTF_16BE)),
        Named.of("UTF-16LE", claims().getBytes(StandardCharsets.UTF_16LE)),
        Named.of("UTF-32BE", claims().getBytes(Charset.forName("UTF-32BE"))),
        Named.of("text behind", utf8(claims() + "garbage")),
        Named.of("an object behind", utf8(claims() + "{}")),
        Named.of("U+0000 behind", utf8(claims() + "\u0000")),
        Named.of("U+0000 and a space behind", utf8(claims() + "\u0000 ")),
        Named.of("U+0000, text and a newline behind", utf8(claims() + "\u0000x\n")),
        Named.of("a name of U+0000 thrice, without a value", nameOfZeros("\"ver\":1", "")),
        Named.of("a name of U+0000 thrice at the end", nameOfZeros("\"42\"}", "")),
        Named.of("a name of U+0000 thrice, with a value", nameOfZeros("\"ver\":1", "\"x\"")),
        Named.of("an array", utf8("[" + claims() + "]")),
        Named.of("a string", utf8("\"claims\"")),
        Named.of("null", utf8("null")),
        Named.of("cut off", utf8(claims().substring(0, claims().length() - 1))),
        Named.of("a comment", utf8("/* */" + claims())));
  }

  private static byte[] nameOfZeros(String before, String value) {
    return utf8(claims().replace(before, before + ",\"\u0000\u0000\u0000\":" + value));
  }

  @ParameterizedTest
  @MethodSource("payloadsThatAreNoText")
  @DisplayName("a payload that is not one JSON object in UTF-8 MUST be UNTRUSTED")
  void payloadForm(byte[] payload) {
    assertThat(verify(KEY, signed(KEY, utf8(header(KEY)), payload))).isEqualTo(refused(UNTRUSTED));
  }

  static Stream<String> costly() {
    return Stream.of(
        claims().replace("\"ver\":1", "\"ver\":" + "1".repeat(5000)),
        claims().replace("\"ver\":1", "\"ver\":1e" + "9".repeat(5000)),
        claims().replace("\"ver\":1", "\"ver\":" + "[".repeat(5000)),
        claims().replace("\"42\"", "{\"a\":".repeat(1000)),
        claims().replace("}}", "," + "\"a\":\"b\",".repeat(500) + "\"z\":\"\"}}"));
  }

  @ParameterizedTest
  @MethodSource("costly")
  @DisplayName("claims made to be costly MUST be refused for less than 2 MiB of allocation")
  void bounded(String payload) {
    JwtTokenService service = service(KEY);
    Credential token = signed(KEY, header(KEY), payload);
    service.verify(signed(KEY, header(KEY), claims()), NOW);

    long allocated =
        Allocation.during(
            () -> assertThat(service.verify(token, NOW)).isEqualTo(refused(UNTRUSTED)));

    assertThat(allocated).isLessThan(2 << 20);
  }

  @Test
  @DisplayName("expired claims of another issuer MUST be UNTRUSTED, not expired")
  void foreignBeforeExpired() {
    Credential foreign = signed(KEY, header(KEY), claims().replace("a.example", "b.example"));

    assertThat(service(KEY).verify(foreign, NOW.plusSeconds(999_999)))
        .isEqualTo(refused(UNTRUSTED));
  }
}
