package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A refresh policy")
class RefreshPolicyTest {

  @Test
  @DisplayName("the defaults MUST be 10 minutes, 7 days, 30 days, 20 seconds and 30 seconds")
  void defaults() {
    assertThat(RefreshPolicy.defaults())
        .isEqualTo(
            new RefreshPolicy(
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                Duration.ofDays(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, P7D, P30D, PT20S, PT30S, accessLife (PT0S)",
    "PT1.5S, P7D, P30D, PT20S, PT30S, accessLife (PT1.5S)",
    "PT168H, P7D, P30D, PT20S, PT30S, accessLife (PT168H)",
    "PT10M, PT0.5S, P30D, PT20S, PT30S, idleTimeout (PT0.5S)",
    "PT10M, P31D, P30D, PT20S, PT30S, idleTimeout (PT744H)",
    "PT10M, P7D, PT0S, PT20S, PT30S, lifetime (PT0S)",
    "PT10M, P7D, P30D, PT301S, PT30S, grace (PT5M1S)",
    "PT10M, P7D, P30D, PT-1S, PT30S, grace (PT-1S)",
    "PT10M, P7D, P30D, PT20S, PT11M, clockSkew (PT11M)",
  })
  @DisplayName("a setting that cannot be MUST be refused by its own name and value")
  void named(
      Duration accessLife,
      Duration idleTimeout,
      Duration lifetime,
      Duration grace,
      Duration clockSkew,
      String named) {
    assertThatThrownBy(() -> new RefreshPolicy(accessLife, idleTimeout, lifetime, grace, clockSkew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(named);
  }
}
