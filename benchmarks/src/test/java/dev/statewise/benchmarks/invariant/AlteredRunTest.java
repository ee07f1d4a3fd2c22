package dev.statewise.benchmarks.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Run;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thirteen of the fourteen are caught in a file that somebody altered; I12 is of templates. */
class AlteredRunTest {

  private static final Run GOOD = GoodRun.run();

  @Test
  @DisplayName("The run that is altered MUST be a good one, with data for all that it is judged by")
  void good() {
    assertThat(GOOD.run().status()).isEqualTo(Run.Status.OK);
    assertThat(GOOD.invariants())
        .filteredOn(one -> one.outcome() != Outcome.HOLDS)
        .extracting(Invariant::id)
        .as("those that no experiment has data for")
        .containsExactly("I2", "I8", "I13", "I16", "I17");
    assertThat(Judgement.of(RunText.of(GOOD).read()).contradictions()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.statewise.benchmarks.invariant.Alteration#all")
  @DisplayName("An altered file MUST break the invariant that it was altered for, and no other")
  void isCaught(Alteration alteration) {
    Run altered = alteration.altered();

    List<Invariant> invariants = Invariants.judge(altered);

    assertThat(invariants)
        .filteredOn(one -> one.outcome() == Outcome.BROKEN)
        .extracting(Invariant::id)
        .containsExactly(alteration.invariant());
    assertThat(Invariants.status(invariants)).isEqualTo(alteration.status());
  }

  @ParameterizedTest
  @MethodSource("dev.statewise.benchmarks.invariant.Alteration#all")
  @DisplayName("A file that says what its data do not MUST be INVALID, and shown as its data are")
  void contradicts(Alteration alteration) {
    Judgement judgement = Judgement.of(alteration.altered());

    assertThat(judgement.isInvalid()).isTrue();
    assertThat(judgement.contradictions())
        .singleElement()
        .asString()
        .contains(alteration.invariant(), "'broken'");
    assertThat(judgement.run().exceptions()).isEqualTo(judgement.contradictions());
    assertThat(judgement.run().invariants())
        .filteredOn(one -> one.outcome() == Outcome.BROKEN)
        .extracting(Invariant::id)
        .containsExactly(alteration.invariant());
  }

  @Test
  @DisplayName("A stamp that no invariant deserves MUST be a contradiction")
  void stamp() {
    RunText text = RunText.of(GOOD);
    text.at("/run").put("status", "NOISY");

    assertThat(Judgement.of(text.read()).contradictions())
        .containsExactly("The file is stamped NOISY, and by its invariants it is OK.");
  }

  @Test
  @DisplayName("Of a file before schema 1.2, which has not the data, the stored word MUST stand")
  void earlier() {
    RunText text = RunText.of(GOOD);
    text.at("").put("schemaVersion", "1.1");
    text.set(text.at("/noise/aa"), 1.4);

    assertThat(Judgement.of(text.read()).run().invariants()).isEqualTo(GOOD.invariants());
  }
}
