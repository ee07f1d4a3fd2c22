package dev.statewise.benchmarks.experiment.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What stands in for a credential")
class StandInTest {

  private static final String CLAIMS =
      "{\"iss\":\"https://issuer.example\",\"sid\":\"%1$s\",\"cat\":%2$d999,\"exp\":%2$d,\"att\":{\"name\":\"Ada\"}}";

  @Test
  @DisplayName("MUST be as long, with the same header and claims, and another signature")
  void looksAlike() {
    String token = token("AAAAAAAAAAAAAAA", 1_700_000_000, (byte) 1);

    String standIn = StandIn.of(token, 1);

    assertThat(standIn).hasSameSizeAs(token).isNotEqualTo(token);
    assertThat(standIn.substring(0, standIn.indexOf('.')))
        .isEqualTo(token.substring(0, token.indexOf('.')));
    assertThat(new String(Base64.getUrlDecoder().decode(standIn.split("\\.", -1)[1]), US_ASCII))
        .contains("\"iss\":\"https://issuer.example\"", "\"name\":\"Ada\"")
        .doesNotContain("AAAAAAAAAAAAAAA", "1700000000");
    assertThat(standIn.split("\\.", -1)[2]).isNotEqualTo(token.split("\\.", -1)[2]);
  }

  @Test
  @DisplayName("MUST be the same for two credentials that differ in what is random, or in the hour")
  void isTheSame() {
    assertThat(StandIn.of(token("AAAAAAAAAAAAAAA", 1_700_000_000, (byte) 1), 1))
        .isEqualTo(StandIn.of(token("BBBBBBBBBBBBBBB", 1_800_000_123, (byte) 2), 1));
    assertThat(StandIn.of("a".repeat(40), 1)).isEqualTo(StandIn.of("b".repeat(40), 1)).hasSize(40);
  }

  @Test
  @DisplayName("MUST be another for another user")
  void differsByUser() {
    assertThat(StandIn.of("a".repeat(40), 1)).isNotEqualTo(StandIn.of("a".repeat(40), 2));
  }

  private static String token(String key, long expiry, byte signature) {
    byte[] signed = new byte[32];
    signed[0] = signature;
    return encode("{\"alg\":\"HS256\"}".getBytes(US_ASCII))
        + "."
        + encode(CLAIMS.formatted(key, expiry).getBytes(US_ASCII))
        + "."
        + encode(signed);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
