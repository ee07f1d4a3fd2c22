package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import java.util.List;

/**
 * An invariant before it is looked at.
 *
 * @param text what is to hold
 */
record Rule(String id, Stamp stamps, String text) {

  /** One that stamps INVALID. */
  static Rule invalid(String id, String text) {
    return new Rule(id, Stamp.INVALID, text);
  }

  /** One that stamps NOISY. */
  static Rule noisy(String id, String text) {
    return new Rule(id, Stamp.NOISY, text);
  }

  /** Holds if nothing was found amiss. */
  Invariant judged(List<String> amiss, String otherwise) {
    return amiss.isEmpty()
        ? outcome(Outcome.HOLDS, otherwise)
        : outcome(Outcome.BROKEN, String.join("; ", amiss));
  }

  /** Holds if {@code holds}. */
  Invariant judged(boolean holds, String detail) {
    return outcome(holds ? Outcome.HOLDS : Outcome.BROKEN, detail);
  }

  /** The file has nothing to judge by. */
  Invariant notApplicable(String why) {
    return outcome(Outcome.NOT_APPLICABLE, why);
  }

  private Invariant outcome(Outcome outcome, String detail) {
    return new Invariant(id, text, stamps, outcome, detail);
  }
}
