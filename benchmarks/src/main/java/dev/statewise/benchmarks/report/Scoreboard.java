package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.report.Claim.Bearing;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of the ten claims in one run. A verdict is that of the experiments which try the
 * claim, if they agree; if they do not, it holds when…; and without one it was not tested.
 */
final class Scoreboard {

  static final String NOT_TESTED = "Not tested in this run";

  private final Run run;
  private final Function<Experiment, String> takeaway;

  /**
   * @param takeaway the sentence of an experiment
   */
  Scoreboard(Run run, Function<Experiment, String> takeaway) {
    this.run = run;
    this.takeaway = takeaway;
  }

  /** A card. */
  record Card(
      int number, String text, String verdict, String kind, List<Found> found, String missing) {
    boolean hasFound() {
      return !found.isEmpty();
    }

    boolean hasMissing() {
      return !missing.isEmpty();
    }
  }

  /** What one experiment says. */
  record Found(String id, String anchor, String sentence) {}

  List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    for (Claim claim : Claim.values()) {
      cards.add(card(cards.size() + 1, claim));
    }
    return cards;
  }

  private Card card(int number, Claim claim) {
    Optional<Verdict> verdict = verdict(claim);
    return new Card(
        number,
        claim.text(),
        verdict.map(Verdict::words).orElse(NOT_TESTED),
        verdict.map(known -> known.name().toLowerCase(Locale.ROOT)).orElse("not_tested untested"),
        found(claim),
        missing(claim));
  }

  /** What the experiments say together that try the claim and are in this run. */
  Optional<Verdict> verdict(Claim claim) {
    List<Verdict> said =
        claim.tests().stream()
            .filter(test -> test.bearing() != Bearing.TOUCHES)
            .flatMap(test -> run.experiment(test.experiment()).map(one -> said(test, one)).stream())
            .toList();
    List<Verdict> decided =
        said.stream().filter(one -> one != Verdict.NOT_TESTABLE).distinct().toList();
    if (decided.size() > 1) {
      return Optional.of(Verdict.HOLDS_WHEN);
    }
    return decided.isEmpty() ? said.stream().findFirst() : Optional.of(decided.get(0));
  }

  private static Verdict said(Claim.Test test, Experiment experiment) {
    Verdict verdict = experiment.verdict();
    if (test.bearing() != Bearing.DENIES) {
      return verdict;
    }
    return switch (verdict) {
      case HOLDS -> Verdict.DOES_NOT_HOLD;
      case DOES_NOT_HOLD -> Verdict.HOLDS;
      case HOLDS_WHEN, NOT_TESTABLE -> verdict;
    };
  }

  private List<Found> found(Claim claim) {
    return claim.tests().stream()
        .flatMap(test -> run.experiment(test.experiment()).stream())
        .map(one -> new Found(one.id(), one.id().toLowerCase(Locale.ROOT), takeaway.apply(one)))
        .toList();
  }

  private String missing(Claim claim) {
    String ids =
        claim.tests().stream()
            .filter(test -> test.bearing() != Bearing.TOUCHES)
            .map(Claim.Test::experiment)
            .filter(id -> run.experiment(id).isEmpty())
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? "" : "Would test it, and is not in this run: " + ids + ".";
  }
}
