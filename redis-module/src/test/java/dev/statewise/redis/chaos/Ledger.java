package dev.statewise.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What was found in this run: a line each, printed when it is known. */
final class Ledger {

  private static final List<Outcome> FOUND = new ArrayList<>();
  private static final List<Outcome> NAIVE = new ArrayList<>();
  private static final List<Figure> FIGURES = new ArrayList<>();

  /** Something that was measured beside, and against no target. */
  record Figure(String what, String value) {}

  private Ledger() {}

  /**
   * Notes an outcome.
   *
   * @throws AssertionError if the target was missed
   */
  static void judge(Outcome outcome) {
    note(FOUND, outcome);
    say(outcome.line());
    assertThat(outcome.tried()).as("tries of %s", outcome.line()).isPositive();
    assertThat(outcome.met()).as(outcome.line()).isTrue();
  }

  /**
   * Notes what a naive way lost in the same experiment.
   *
   * @throws AssertionError if it lost nothing: then the experiment could not have found anything
   */
  static void naive(Outcome outcome) {
    note(NAIVE, outcome);
    say(
        "%-3s (naive) %s · %s · %s · lost %s (%s)"
            .formatted(
                outcome.fault(),
                outcome.what(),
                outcome.place(),
                outcome.trials(),
                outcome.losses(),
                outcome.share()));
    assertThat(outcome.lost()).as("what the naive way lost: %s", outcome.line()).isPositive();
  }

  static synchronized void figure(String what, String value) {
    FIGURES.add(new Figure(what, value));
    say("    " + what + ": " + value);
  }

  static synchronized List<Outcome> found() {
    return List.copyOf(FOUND);
  }

  static synchronized List<Outcome> naive() {
    return List.copyOf(NAIVE);
  }

  static synchronized List<Figure> figures() {
    return List.copyOf(FIGURES);
  }

  /** To whoever watches the run. */
  @SuppressWarnings("SystemOut") // it is the console that the lines are for
  static void say(String line) {
    System.out.println(line);
  }

  private static synchronized void note(List<Outcome> outcomes, Outcome outcome) {
    outcomes.add(outcome);
  }
}
