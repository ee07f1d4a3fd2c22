package dev.statewise.benchmarks.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.run.GateOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  @ParameterizedTest
  @ValueSource(strings = {"memory", "jwt-hs256", "jwt-rs256", "jwt-es256", "jwt-ed25519"})
  @DisplayName("An honest arm MUST pass every question")
  void honest(String name) {
    Arm arm = Arms.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();

    assertThat(ask(arm)).hasSize(4).allMatch(GateOutcome::passed);
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  @DisplayName("An arm that accepts what its guarantees refuse MUST fail on just that question")
  void dishonest(Lie lie) {
    List<GateOutcome> outcomes = ask(DishonestSessions.arm(lie));

    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.passed())
        .extracting(GateOutcome::question)
        .containsExactly(lie.question());
  }

  @Test
  @DisplayName("The gate MUST put the clock back")
  void clock() {
    MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    Arm arm = Arms.all().get(0);
    try (BuiltArm built = arm.build().apply(wiring(clock))) {
      Gate.ask(arm.name(), built.sessions(), clock);
    }

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static List<GateOutcome> ask(Arm arm) {
    MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    try (BuiltArm built = arm.build().apply(wiring(clock))) {
      return Gate.ask(arm.name(), built.sessions(), clock);
    }
  }

  private static Wiring wiring(MovableClock clock) {
    return new Wiring(SessionPolicy.defaults(), clock, Optional.empty(), "test:");
  }
}
