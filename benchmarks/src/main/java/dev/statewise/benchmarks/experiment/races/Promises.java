package dev.statewise.benchmarks.experiment.races;

import dev.statewise.Guarantees;
import dev.statewise.SessionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what was seen of an arm against what its guarantees say: no worse, and no better. */
final class Promises {

  private final String arm;
  private final Guarantees guarantees;
  private final SessionPolicy policy;
  private final List<String> findings = new ArrayList<>();

  private Promises(String arm, Guarantees guarantees, SessionPolicy policy) {
    this.arm = arm;
    this.guarantees = guarantees;
    this.policy = policy;
  }

  /** What is not as it was promised, a sentence each. */
  static List<String> findings(
      String arm, Guarantees guarantees, SessionPolicy policy, Map<Order, Tally> seen) {
    Promises promises = new Promises(arm, guarantees, policy);
    seen.forEach(promises::hold);
    return List.copyOf(promises.findings);
  }

  private void hold(Order order, Tally tally) {
    switch (order.race()) {
      case ROLLBACK -> old(order, tally);
      case LOST_UPDATE -> changes(order, tally);
      case RESURRECTION -> ended(order, tally, !endsBeforeItsTime());
      case REVOCATION -> revoked(order, tally);
    }
  }

  private void old(Order order, Tally tally) {
    if (guarantees.refusesOldState()) {
      never(order, tally.accepted(), "an old state was accepted");
    } else {
      always(order, tally.accepted(), tally.races(), "an old state was accepted");
    }
  }

  private void changes(Order order, Tally tally) {
    if (!guarantees.detectsConflicts()) {
      never(order, tally.told(), "a conflict was told that nobody promised");
      always(order, tally.lost(), tally.races(), "a change was lost");
      return;
    }
    never(order, tally.lost(), "a change was lost and nobody told");
    if (order.overlaps()) {
      always(order, tally.told(), tally.races(), "one of two requests was told");
    } else {
      never(order, tally.told(), "a conflict was told where there was none");
    }
  }

  private void revoked(Order order, Tally tally) {
    boolean mayLag = !guarantees.endsWithin().isZero();
    if (order == Order.AFTER_ITS_BOUND || !mayLag || !endsBeforeItsTime()) {
      ended(order, tally, order == Order.AT_ONCE && !endsBeforeItsTime());
    }
  }

  private void ended(Order order, Tally tally, boolean isNeverEnded) {
    if (isNeverEnded) {
      always(order, tally.accepted(), tally.races(), "what was ended was accepted");
    } else {
      never(order, tally.accepted(), "what was ended was accepted");
    }
  }

  /** Whether anything ends a session but its age. */
  private boolean endsBeforeItsTime() {
    return guarantees.endsWithin().compareTo(policy.absoluteLifetime()) < 0;
  }

  private void never(Order order, int times, String what) {
    if (times > 0) {
      findings.add(
          "%s, %s (%s): %s, %d times, which its guarantees rule out"
              .formatted(arm, order.race(), order, what, times));
    }
  }

  private void always(Order order, int times, int races, String what) {
    if (times < races) {
      findings.add(
          "%s, %s (%s): %s in %d of %d, and its guarantees promise no better than in each: they are stale, or a request went missing"
              .formatted(arm, order.race(), order, what, times, races));
    }
  }
}
