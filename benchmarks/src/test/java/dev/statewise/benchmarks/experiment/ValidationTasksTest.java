package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.session.Credential;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValidationTasksTest {

  private static final int POOL = 64;

  @Test
  @DisplayName("Each token MUST be timed in four manners beside its floor, and each pass its gate")
  void tokens() {
    List<Arm> tokens =
        Arms.all().stream().filter(arm -> arm.name().startsWith("jwt-")).limit(2).toList();

    try (ValidationTasks tasks =
        ValidationTasks.build(Group.TOKENS, tokens, List.of(), Servers.NONE, "test:", POOL)) {
      assertThat(tasks.tasks())
          .filteredOn(task -> task.operation().equals("validate"))
          .extracting(Task::arm)
          .containsExactly(
              "jwt-hs256",
              "floor-mac",
              "aa",
              "jwt-hs256-lazy",
              "jwt-hs256-first",
              "jwt-hs256-seen",
              "jwt-rs256",
              "floor-verify-rs256",
              "jwt-rs256-lazy",
              "jwt-rs256-first",
              "jwt-rs256-seen");
      assertThat(tasks.gate())
          .isNotEmpty()
          .allMatch(GateOutcome::passed)
          .extracting(GateOutcome::question)
          .contains("tokens are as new as its name says");
      assertThat(tasks.payloads().values())
          .as("one state")
          .hasSize(8)
          .containsOnly(tasks.payloads().get("jwt-hs256"));
      for (Task task : tasks.tasks()) {
        task.beforeSlice().run();
        assertThat(task.body().once(POOL + 1)).as(task.arm()).isNotNegative();
      }
    }
  }

  @Test
  @DisplayName("An arm of the list and its local copy MUST have one that knows its tokens")
  void variants() {
    assertThat(Arms.withVariants(Arms.all()))
        .filteredOn(Arm::isVariant)
        .extracting(Arm::name)
        .contains("jwt-es256-lazy", "jwt-ed25519-first", "jwt-rs256-seen", "hybrid-local-seen")
        .hasSize(13);
    assertThat(Arms.all()).noneMatch(Arm::isVariant);
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"WHOLE", "LAZY", "FIRST", "SEEN"})
  @DisplayName(
      "That tokens are as new as a name says MUST be counted, and found out if they are not")
  void newness(Manner manner) {
    Validating strategy =
        Validating.opening(sessions("jwt-hs256"), clock, Duration.ZERO, Manner.WHOLE, POOL);
    Sessions remembering = sessions("jwt-hs256-seen");
    Sessions forgetful = sessions("jwt-hs256");
    boolean remembers = manner == Manner.SEEN;

    Validating honest =
        strategy.shownTo(
            () -> manner == Manner.FIRST || remembers ? sessions("jwt-hs256-seen") : forgetful,
            manner);
    Validating lying = strategy.shownTo(() -> remembers ? forgetful : remembering, manner);

    assertThat(honest.newness("arm").passed()).as(honest.newness("arm").seen()).isTrue();
    assertThat(lying.newness("arm").passed()).isFalse();
    assertThat(lying.newness("arm").seen())
        .isEqualTo((remembers ? 0 : POOL) + " of " + POOL + " remembered");
  }

  @Test
  @DisplayName("No slice of tokens never seen MUST be longer than there are tokens")
  void most() {
    Validating strategy =
        Validating.opening(sessions("jwt-hs256"), clock, Duration.ZERO, Manner.WHOLE, POOL);

    assertThat(strategy.shownTo(() -> sessions("jwt-hs256-first"), Manner.FIRST).most())
        .isEqualTo(POOL);
    assertThat(strategy.most()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource(TokenKey.class)
  @DisplayName("A floor of signatures MUST do the very work: another signature is seen to be wrong")
  void floors(TokenKey key) {
    Credential token =
        Validating.opening(sessions("jwt-" + key), clock, Duration.ZERO, Manner.WHOLE, 1).pool()[0];
    int dot = token.value().lastIndexOf('.');
    Credential other =
        new Credential(token.value().substring(0, dot - 1) + token.value().substring(dot));

    assertThat(Floors.ofTokens(key.floor(), new Credential[] {token}).body().once(0))
        .isNotNegative();
    if (key != TokenKey.HS256) {
      assertThat(Floors.ofTokens(key.floor(), new Credential[] {other}).body().once(0))
          .isNegative();
    }
  }

  private final MovableClock clock = MovableClock.atPresent();

  private Sessions sessions(String name) {
    Arm found =
        Stream.of(Arms.all())
            .flatMap(arms -> Arms.withVariants(arms).stream())
            .filter(arm -> arm.name().equals(name))
            .findFirst()
            .orElseThrow();
    return found
        .build()
        .apply(new Wiring(ValidationTasks.policy(), clock, Servers.NONE, "test:"))
        .sessions();
  }
}
