package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.PackageVersion;
import dev.statewise.session.Credential;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final KeyRing KEYS = KeyRing.of(SigningKey.generateHs256("k"));

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\ud800", "a\u0000"})
  @DisplayName("a blank or broken issuer or audience MUST be refused by name")
  void blankNames(String name) {
    assertThatThrownBy(() -> JwtTokenService.of(KEYS, name, "web"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("issuer");
    assertThatThrownBy(() -> JwtTokenService.of(KEYS, "https://a.example", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audience");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 511, 8193, Integer.MAX_VALUE})
  @DisplayName("a token limit outside 512 to 8192 MUST be refused with its value")
  void limits(int limit) {
    JwtTokenService service = JwtTokenService.of(KEYS, "https://a.example", "web");

    assertThatThrownBy(() -> service.withMaxTokenBytes(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(" + limit + ")");
  }

  @Test
  @DisplayName("the token limit MUST be 8192 bytes unless it is lowered, and hold for reading too")
  void limitHoldsForReading() {
    JwtTokenService service = JwtTokenService.of(KEYS, "https://a.example", "web");
    JwtTokenService lower = service.withMaxTokenBytes(512);
    Credential token = service.issue(session(Map.of("a", "x".repeat(200))));

    assertThat(service.maxTokenBytes()).isEqualTo(8192);
    assertThat(lower.maxTokenBytes()).isEqualTo(512);
    assertThat(lower.verify(token, Forge.NOW))
        .isEqualTo(Forge.refused(dev.statewise.session.Rejection.MALFORMED));
  }

  @Test
  @DisplayName("the JSON parser MUST be one with read constraints: jackson-core 2.22 or later")
  void jacksonIsCurrent() {
    assertThat(PackageVersion.VERSION.getMajorVersion()).isEqualTo(2);
    assertThat(PackageVersion.VERSION.getMinorVersion()).isGreaterThanOrEqualTo(22);
  }
}
