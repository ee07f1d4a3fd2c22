package dev.statewise.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieCarrierTest {

  private static final Credential CREDENTIAL =
      new Credential("AAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBB");

  private final CookieCarrier cookie = CookieCarrier.create();

  @Test
  @DisplayName(
      "A10 The cookie MUST be __Host-id, Secure, HttpOnly, SameSite=Lax and of the whole host")
  void golden() {
    assertThat(cookie.give(CREDENTIAL))
        .containsExactly(
            new Header(
                "Set-Cookie",
                "__Host-id=AAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBB; Path=/; Secure; HttpOnly; SameSite=Lax"));
  }

  @Test
  @DisplayName("K1 A cookie MUST be deleted with the attributes that it was set with")
  void deletion() {
    assertThat(cookie.takeBack())
        .containsExactly(
            new Header(
                "Set-Cookie",
                "__Host-id=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure; HttpOnly; SameSite=Lax"));
  }

  static Stream<CookieCarrier> allKinds() {
    CookieCarrier plain = CookieCarrier.create().withName("id");
    return Stream.of(
        CookieCarrier.create(),
        CookieCarrier.create().withSameSite(SameSite.STRICT),
        CookieCarrier.create().withSameSite(SameSite.NONE),
        CookieCarrier.create().withName("__Secure-id").withPath("/app").withDomain("example.org"),
        plain.withoutSecure(),
        plain.withPath("/a/b"),
        plain.withDomain("shop.example.org"));
  }

  @ParameterizedTest
  @MethodSource("allKinds")
  @DisplayName("What is set and what deletes it MUST be kept by a browser, and be one cookie")
  void roundTrip(CookieCarrier carrier) {
    UserAgent set = UserAgent.reads(carrier.give(CREDENTIAL).get(0));
    UserAgent deleted = UserAgent.reads(carrier.takeBack().get(0));

    assertThat(set.keeps()).isTrue();
    assertThat(deleted.keeps()).isTrue();
    assertThat(set.name()).isEqualTo(deleted.name()).isEqualTo(carrier.name());
    assertThat(set.value()).isEqualTo(CREDENTIAL.value());
    assertThat(deleted.value()).isEmpty();
    assertThat(deleted.attributes()).containsAllEntriesOf(set.attributes());
    assertThat(set.attributes())
        .containsKeys("httponly", "samesite", "path")
        .doesNotContainKey("max-age");
    assertThat(carrier.read(Requests.with("Cookie", set.name() + "=" + set.value())))
        .isEqualTo(new Presented.One(CREDENTIAL));
  }

  static Stream<UnaryOperator<CookieCarrier>> dropped() {
    return Stream.of(
        cookie -> cookie.withPath("/app"),
        cookie -> cookie.withDomain("example.org"),
        CookieCarrier::withoutSecure,
        cookie -> cookie.withName("__hOsT-id").withoutSecure(),
        cookie -> cookie.withName("__SECURE-id").withoutSecure(),
        cookie -> cookie.withName("id").withSameSite(SameSite.NONE).withoutSecure(),
        cookie -> cookie.withName(""),
        cookie -> cookie.withName("i d"),
        cookie -> cookie.withName("id;"),
        cookie -> cookie.withName("id=").withPath("/"),
        cookie -> cookie.withName("id").withPath("app"),
        cookie -> cookie.withName("id").withPath("/a;b"),
        cookie -> cookie.withName("id").withPath("/a\r\nb"),
        cookie -> cookie.withName("id").withPath("/" + "a".repeat(1_024)),
        cookie -> cookie.withName("id").withDomain("example.org; Path=/x"),
        cookie -> cookie.withName("id").withDomain(""));
  }

  @ParameterizedTest
  @MethodSource("dropped")
  @DisplayName("K1 A cookie that a browser would drop MUST NOT be built")
  void refuses(UnaryOperator<CookieCarrier> change) {
    assertThatThrownBy(() -> change.apply(cookie))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Browsers would drop the cookie");
  }

  @Test
  @DisplayName("K3 Name and value MUST have at most 4,096 bytes together, or be refused when set")
  void sizes() {
    int most = CookieCarrier.MOST_BYTES - cookie.name().length();

    assertThat(cookie.give(new Credential("a".repeat(most)))).hasSize(1);
    assertThatThrownBy(() -> cookie.give(new Credential("a".repeat(most + 1))))
        .isInstanceOf(CookieTooLargeException.class)
        .hasMessageContaining("4,097")
        .hasMessageNotContaining("aaaa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a b", "a\nb", "a,b", "a\"", "a\\", "ä"})
  @DisplayName("A credential that could become another cookie MUST NOT be set, and not be told")
  void values(String value) {
    assertThatThrownBy(() -> cookie.give(new Credential(value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(value);
  }

  @Test
  @DisplayName("K2 Two different session cookies MUST be no session, in either order")
  void several() {
    for (String header : List.of("__Host-id=a; __Host-id=b", "__Host-id=b; x=1; __Host-id=a")) {
      assertThat(cookie.read(Requests.with("Cookie", header))).isEqualTo(new Presented.Several());
    }
    assertThat(cookie.read(Requests.with("Cookie", "__Host-id=a", "__Host-id=b")))
        .isEqualTo(new Presented.Several());
    assertThat(cookie.read(Requests.with("cookie", "__Host-id=a; __Host-id=a")))
        .isEqualTo(new Presented.One(new Credential("a")));
  }

  @Test
  @DisplayName("A cookie of another name, in any case of letters, MUST be none of ours")
  void others() {
    assertThat(cookie.read(Requests.with("Cookie", "id=a; __host-id=b; __Host-idx=c")))
        .isEqualTo(new Presented.Nothing());
    assertThat(cookie.read(Requests.bare())).isEqualTo(new Presented.Nothing());
  }
}
