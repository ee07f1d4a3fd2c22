package dev.statewise.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerCarrierTest {

  private final BearerCarrier bearer = BearerCarrier.create();

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER   abc", " bEaReR abc\t"})
  @DisplayName("The scheme MUST be known in any case")
  void anyCase(String header) {
    assertThat(bearer.read(Requests.with("Authorization", header)))
        .isEqualTo(new Presented.One(new Credential("abc")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic abc", "Bearerabc", "abc", "Digest Bearer abc"})
  @DisplayName("Another scheme MUST be nothing to us")
  void others(String header) {
    assertThat(bearer.read(Requests.with("Authorization", header)))
        .isEqualTo(new Presented.Nothing());
  }

  @Test
  @DisplayName("Two different ones MUST be several, and the same one twice one")
  void several() {
    assertThat(bearer.read(Requests.with("Authorization", "Bearer a", "Bearer b")))
        .isEqualTo(new Presented.Several());
    assertThat(bearer.read(Requests.with("Authorization", "Bearer a", "bearer a")))
        .isEqualTo(new Presented.One(new Credential("a")));
    assertThat(bearer.read(Requests.with("Authorization", "Bearer")))
        .isEqualTo(new Presented.One(new Credential("")));
  }

  @Test
  @DisplayName("A new credential MUST go out in the header that was named, and in none otherwise")
  void gives() {
    Credential credential = new Credential("abc");

    assertThat(bearer.give(credential)).isEmpty();
    assertThat(bearer.answeringIn("Session-Token").give(credential))
        .containsExactly(new Header("Session-Token", "abc"));
    assertThatThrownBy(() -> bearer.answeringIn("Session Token"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
