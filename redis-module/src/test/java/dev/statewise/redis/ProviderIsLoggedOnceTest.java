package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Here, because the tests of this module can read what is logged. */
class ProviderIsLoggedOnceTest {

  @Test
  @DisplayName(
      "at start a token service MUST log once whose code verifies each key, and what a faster provider would give")
  void once() {
    SigningKey signing = SigningKey.generateEs256("logged-current");
    SigningKey next = SigningKey.generateEs256("logged-next");
    List<String> lines;
    try (CapturedLog log = CapturedLog.open()) {
      JwtTokenService.of(KeyRing.of(signing).withNext(next), "issuer", "audience")
          .withMaxTokenBytes(4096)
          .withVerifiedTokens(0);
      lines = log.text().lines().filter(line -> line.contains("verifies with")).toList();
    }

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("INFO", "'logged-current' (ES256)");
    assertThat(lines.get(1)).contains("INFO", "'logged-next' (ES256)");
    assertThat(lines)
        .allMatch(line -> line.contains("verifies with SunEC") == line.contains("Amazon Corretto"));
  }
}
