package dev.statewise.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {

  @ParameterizedTest
  @EnumSource(Tier.class)
  @DisplayName("JVMs that use their budgets up MUST use the tier's up, and no more")
  void fitsTheBudget(Tier tier) {
    Plan plan = Plan.of(tier);

    Duration spent = Duration.ZERO;
    for (int fork = 1; fork <= plan.forks(); fork++) {
      spent = spent.plus(plan.budgetOf(1, plan.forks() - fork + 1, spent));
    }

    assertThat(plan.minutes()).isLessThanOrEqualTo(tier.minutes());
    assertThat(spent).isBetween(plan.total().minusSeconds(1), plan.total());
    assertThat(plan.forks()).isEqualTo(tier.forks());
  }

  @Test
  @DisplayName("Quick MUST be planned below five minutes, and smoke below one")
  void promises() {
    assertThat(Plan.of(Tier.QUICK).total()).isLessThan(Duration.ofMinutes(5));
    assertThat(Plan.of(Tier.SMOKE).total()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("Refusals MUST take at most 20 s of quick, and at most a tenth of any other tier")
  void refusals() {
    assertThat(Plan.ofRefusals(Tier.QUICK).total()).isLessThanOrEqualTo(Duration.ofSeconds(20));
    for (Tier tier : Tier.values()) {
      assertThat(Plan.ofRefusals(tier).minutes()).isLessThanOrEqualTo(tier.minutes() / 10);
    }
  }

  @Test
  @DisplayName("State by size MUST take at most an eighth of any tier")
  void states() {
    for (Tier tier : Tier.values()) {
      assertThat(Plan.ofStates(tier).minutes()).isLessThanOrEqualTo(tier.minutes() / 8);
      assertThat(Plan.ofStates(tier).forks()).isPositive();
    }
  }

  @Test
  @DisplayName("Signatures MUST take at most a tenth of a tier on each JDK, from standard on")
  void signatures() {
    for (Tier tier : new Tier[] {Tier.STANDARD, Tier.FULL}) {
      assertThat(Plan.ofSignatures(tier).minutes()).isLessThanOrEqualTo(tier.minutes() / 10);
    }
  }

  @Test
  @DisplayName(
      "A JVM that took too long MUST shorten those after it, down to nothing and not below")
  void dividesWhatIsLeft() {
    Plan plan = Plan.of(Tier.QUICK);

    assertThat(plan.budgetOf(1, 3, Duration.ofSeconds(120))).isEqualTo(Duration.ofSeconds(50));
    assertThat(plan.budgetOf(2, 3, Duration.ofSeconds(120))).isEqualTo(Duration.ofSeconds(100));
    assertThat(plan.budgetOf(1, 1, Duration.ofMinutes(9))).isZero();
  }

  @Test
  @DisplayName(
      "An arm MUST validate at least 1,024 different credentials, in the quick tier at least 256")
  void manyCredentials() {
    assertThat(Plan.of(Tier.QUICK).credentials()).isGreaterThanOrEqualTo(256);
    assertThat(Plan.of(Tier.STANDARD).credentials()).isGreaterThanOrEqualTo(1_024);
    assertThat(Plan.of(Tier.FULL).credentials()).isGreaterThanOrEqualTo(1_024);
  }
}
