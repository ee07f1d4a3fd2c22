package dev.statewise.benchmarks.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.embedded.RedisServer;
import java.time.Instant;
import java.util.List;
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
    assertThat(ask(arm(name))).hasSize(5).allMatch(GateOutcome::passed);
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  @DisplayName("An arm that accepts what its guarantees refuse MUST fail, and on nothing else")
  void dishonest(Lie lie) {
    List<GateOutcome> outcomes = ask(DishonestSessions.arm(lie));

    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.passed())
        .extracting(GateOutcome::question)
        .containsExactlyElementsOf(lie.questions());
  }

  @Test
  @DisplayName(
      "A store MUST refuse at once what was ended, and a plain token MUST admit it does not")
  void ended() {
    GateOutcome store = atOnce("memory");
    GateOutcome token = atOnce("jwt-hs256");

    assertThat(store.does()).isTrue();
    assertThat(store.seen()).isEqualTo("Rejected (UNKNOWN), having said Ended");
    assertThat(token.passed()).isTrue();
    assertThat(token.does()).isFalse();
    assertThat(token.seen()).isEqualTo("Accepted, having said NotKept, at most 12 h");
  }

  @Test
  @DisplayName("A plain token MUST be refused at its bound though it was renewed until then")
  void renewedUntilItsBound() {
    assertThat(outcome("jwt-hs256", "refuses ended at its bound").seen())
        .isEqualTo("Rejected (EXPIRED) after 12 h, accepted 96 times until then");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "redis-touch-always", "redis-near", "hybrid", "hybrid-local"})
  @DisplayName(
      "An arm on a server MUST pass every question, refuse at once what was ended, and within its bound what another node ended")
  void onServer(String name) {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    MovableClock clock = new MovableClock(Instant.now());
    try (RedisServer server = RedisServer.start()) {
      Wiring wiring =
          new Wiring(
              SessionPolicy.defaults(), clock, Servers.of(RedisAddress.of(server.uri())), "test:");
      try (BuiltArm built = arm(name).build().apply(wiring)) {
        assertThat(Gate.ask(name, built.sessions(), clock))
            .hasSize(5)
            .allMatch(GateOutcome::passed)
            .allMatch(GateOutcome::does);
      }
      assertThat(NodesGate.ask(arm(name), wiring)).get().matches(GateOutcome::passed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "jwt-hs256"})
  @DisplayName(
      "An arm that no node shares, or that ends in hours, MUST NOT be waited for on another node")
  void noOtherNode(String name) {
    assertThat(NodesGate.ask(arm(name), wiring(MovableClock.atPresent()))).isEmpty();
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

  private static GateOutcome atOnce(String name) {
    return outcome(name, "refuses ended at once");
  }

  private static GateOutcome outcome(String name, String question) {
    return ask(arm(name)).stream()
        .filter(outcome -> outcome.question().equals(question))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc-postgres", "object-s3"})
  @DisplayName(
      "An arm on a database or object storage MUST pass every question as one on Redis does")
  void onOtherServers(String name) {
    MovableClock clock = new MovableClock(Instant.now());
    try (StartedServers started = StartedServers.forArm(name)) {
      Wiring wiring =
          new Wiring(SessionPolicy.defaults(), clock, started.servers(), "test:" + name);
      try (BuiltArm built = arm(name).build().apply(wiring)) {
        assertThat(Gate.ask(name, built.sessions(), clock))
            .hasSize(5)
            .allMatch(GateOutcome::passed)
            .allMatch(GateOutcome::does);
      }
      assertThat(NodesGate.ask(arm(name), wiring)).get().matches(GateOutcome::passed);
    }
  }

  private static Arm arm(String name) {
    return Arms.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<GateOutcome> ask(Arm arm) {
    MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00.123456789Z"));
    try (BuiltArm built = arm.build().apply(wiring(clock))) {
      return Gate.ask(arm.name(), built.sessions(), clock);
    }
  }

  private static Wiring wiring(MovableClock clock) {
    return new Wiring(SessionPolicy.defaults(), clock, Servers.NONE, "test:");
  }
}
