package dev.statewise.jwt.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * F18: the keys of three processes are rotated in a rolling restart, while clients take tokens from
 * one to another. Beside it the same in two naive orders, which must be seen to lose.
 */
@Tag("chaos")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class F18RotationTest {

  private static final int ROTATIONS =
      switch (System.getProperty("statewise.chaos", "")) {
        case "full" -> 5;
        case "long" -> 50;
        default -> 1;
      };

  /** Most of the life of a token, which is thirty minutes. */
  private static final Duration NEARLY_A_LIFE = Duration.ofMinutes(28);

  /** With {@link #NEARLY_A_LIFE} longer than a rollout, a life and the skew. */
  private static final Duration UNTIL_RETIRED = Duration.ofMinutes(14);

  private final Map<Lane, Tally> tallies = new EnumMap<>(Lane.class);

  private Tally of(Lane lane) {
    return requireNonNull(tallies.get(lane));
  }

  @BeforeAll
  void rotate() {
    try (Fleet fleet = Fleet.start();
        Traffic traffic = new Traffic(fleet)) {
      for (int i = 0; i < ROTATIONS; i++) {
        rotate(fleet, traffic);
        fleet.beginRotation();
        traffic.forgetKept();
      }
      for (Lane lane : Lane.values()) {
        tallies.put(lane, traffic.of(lane));
        say(lane, traffic.of(lane));
      }
      unanswered(traffic.unanswered());
    }
  }

  private static void rotate(Fleet fleet, Traffic traffic) {
    traffic.freshTokensEverywhere();
    restartOneByOne(fleet, traffic, Step.OLD_AND_NEXT);
    restartOneByOne(fleet, traffic, Step.NEXT_AND_RETIRING);
    traffic.pass(NEARLY_A_LIFE);
    traffic.keptTokensEverywhere();
    traffic.pass(UNTIL_RETIRED);
    traffic.keptTokensEverywhere();
    restartOneByOne(fleet, traffic, Step.NEXT);
  }

  private static void restartOneByOne(Fleet fleet, Traffic traffic, Step step) {
    for (int slot = 0; slot < Fleet.NODES; slot++) {
      fleet.restart(slot, step);
      traffic.freshTokensEverywhere();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Lane.class,
      mode = Mode.EXCLUDE,
      names = {"SIGN_FIRST", "DROP_EARLY"})
  @DisplayName("F18 a rotation step by step MUST refuse no living token at any node")
  void refusesNone(Lane lane) {
    assertThat(of(lane).livingRefused).hasValue(0);
    assertThat(of(lane).ahead)
        .as("of a key that its judge did not sign with yet")
        .hasPositiveValue();
    assertThat(of(lane).behind)
        .as("of a key that its judge signed with no more")
        .hasPositiveValue();
  }

  @ParameterizedTest
  @EnumSource(Lane.class)
  @DisplayName("F18 a rotation MUST accept no token that has ended")
  void acceptsNone(Lane lane) {
    assertThat(of(lane).deadAccepted).hasValue(0);
  }

  @Test
  @DisplayName("F18 a node that signs with a key before others have it MUST be seen to lose tokens")
  void signsFirst() {
    assertThat(of(Lane.SIGN_FIRST).livingRefused).hasPositiveValue();
  }

  @Test
  @DisplayName("F18 a key that is dropped while its tokens live MUST be seen to lose them")
  void dropsEarly() {
    assertThat(of(Lane.DROP_EARLY).livingRefused).hasPositiveValue();
  }

  @SuppressWarnings("SystemOut")
  private static void unanswered(long requests) {
    System.out.printf("F18 %d requests met a node that was just being stopped.%n", requests);
  }

  @SuppressWarnings("SystemOut") // to whoever watches the run
  private static void say(Lane lane, Tally tally) {
    System.out.printf(
        Locale.ROOT,
        "F18 %s · %d rolling restarts of 3 JVMs · %,d living tokens shown · refused %,d · %,d by a node that did not sign with the key yet, %,d by one that no longer did%n",
        lane,
        3 * ROTATIONS,
        tally.judged.get(),
        tally.livingRefused.get(),
        tally.ahead.get(),
        tally.behind.get());
  }
}
