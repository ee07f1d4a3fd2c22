package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Runs;
import dev.statewise.benchmarks.run.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

  @Test
  @DisplayName("all ten claims MUST stand there, and what no experiment tries reads not tested")
  void standsThere() {
    List<Scoreboard.Card> cards = board(Runs.of()).cards();

    assertThat(cards).hasSize(10);
    assertThat(cards).extracting(Scoreboard.Card::verdict).containsOnly("Not tested in this run");
    assertThat(HtmlReport.of(Runs.of())).contains("Stateless scales horizontally");
    assertThat(MarkdownReport.of(Runs.of())).contains("Not tested in this run");
  }

  @Test
  @DisplayName(
      "a claim that one experiment tries MUST have its verdict, and name what would try it too")
  void carriesOver() {
    Scoreboard.Card card = card(Claim.LARGER, experiment("E8", Verdict.HOLDS));

    assertThat(card.verdict()).isEqualTo("Holds");
    assertThat(card.missing()).contains("E9", "E11").doesNotContain("E10");
    assertThat(card.found()).extracting(Scoreboard.Found::sentence).containsExactly("said by E8");
  }

  @Test
  @DisplayName("a claim whose experiments disagree MUST hold when…")
  void disagree() {
    assertThat(
            card(
                    Claim.LARGER,
                    experiment("E8", Verdict.HOLDS),
                    experiment("E9", Verdict.DOES_NOT_HOLD))
                .verdict())
        .isEqualTo("Holds when…");
  }

  @Test
  @DisplayName("what only stands beside a claim MUST NOT give it a verdict")
  void besideIsNoVerdict() {
    Scoreboard.Card card = card(Claim.SCALES, experiment("E28", Verdict.HOLDS));

    assertThat(card.verdict()).isEqualTo("Not tested in this run");
    assertThat(card.found()).hasSize(1);
  }

  @Test
  @DisplayName(
      "the verdict on a contrary claim MUST be turned round, and what is undecided MUST NOT decide")
  void contrary() {
    assertThat(card(Claim.CONTINUITY, experiment("E29", Verdict.DOES_NOT_HOLD)).verdict())
        .isEqualTo("Holds");
    assertThat(
            card(
                    Claim.LARGER,
                    experiment("E8", Verdict.HOLDS),
                    experiment("E9", Verdict.NOT_TESTABLE))
                .verdict())
        .isEqualTo("Holds");
    assertThat(card(Claim.LARGER, experiment("E9", Verdict.NOT_TESTABLE)).verdict())
        .isEqualTo("Not testable here");
  }

  private static Scoreboard.Card card(Claim claim, Experiment... experiments) {
    return board(Runs.of(experiments)).cards().stream()
        .filter(card -> card.text().equals(claim.text()))
        .findFirst()
        .orElseThrow();
  }

  private static Scoreboard board(Run run) {
    return new Scoreboard(run, experiment -> "said by " + experiment.id());
  }

  private static Experiment experiment(String id, Verdict verdict) {
    return new Experiment(id, "A claim.", "A hypothesis.", verdict, List.of());
  }
}
