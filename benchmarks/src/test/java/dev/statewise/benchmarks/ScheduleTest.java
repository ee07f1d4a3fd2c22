package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.rig.Tier;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The schedule")
class ScheduleTest {

  private static final Lab LAB = Labs.of(Arms.all(), Servers.NONE);

  @ParameterizedTest
  @EnumSource(Tier.class)
  @DisplayName(
      "All experiments together MUST fit the minutes of the tier, and validation get its share")
  void fits(Tier tier) {
    Schedule schedule = Schedule.of(tier, EnumSet.copyOf(Catalogue.questions()), LAB, 2);

    assertThat(schedule.minutes()).isLessThanOrEqualTo(tier.minutes());
    assertThat(schedule.timeOf(Question.E1).orElseThrow())
        .isGreaterThanOrEqualTo(schedule.total().multipliedBy(3).dividedBy(10));
    assertThat(schedule.shares()).allSatisfy(share -> assertThat(share.time()).isPositive());
  }

  @Test
  @DisplayName(
      "Every experiment that was asked MUST be in it, whatever the tier: none is left out for time")
  void leavesNoneOut() {
    for (Tier tier : Tier.values()) {
      assertThat(Schedule.of(tier, EnumSet.copyOf(Catalogue.questions()), LAB, 2).shares())
          .extracting(Schedule.Share::question)
          .containsAll(
              Catalogue.questions().stream()
                  .filter(one -> Catalogue.derived(one).isEmpty())
                  .toList());
    }
  }

  @Test
  @DisplayName("What is asked alone MUST get what it asks for, and no tier's minutes")
  void alone() {
    Schedule schedule = Schedule.of(Tier.FULL, Set.of(Question.E4), LAB, 1);

    assertThat(schedule.timeOf(Question.E4)).contains(schedule.total());
    assertThat(schedule.total()).isLessThan(Duration.ofMinutes(10));
    assertThat(Schedule.of(Tier.FULL, Set.of(Question.E6), LAB, 1).total())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("What counts MUST come before what is timed, and validation last")
  void order() {
    Schedule schedule = Schedule.of(Tier.QUICK, EnumSet.copyOf(Catalogue.questions()), LAB, 1);

    assertThat(schedule.shares())
        .last()
        .extracting(Schedule.Share::question)
        .isEqualTo(Question.E1);
    assertThat(schedule.shares().stream().map(share -> share.jvms() > 0)).isSorted();
  }
}
