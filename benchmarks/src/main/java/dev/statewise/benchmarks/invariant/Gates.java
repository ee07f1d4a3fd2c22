package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.run.Answers;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** I5 and I15: what arms were asked before they were measured, and what they answered. */
final class Gates {

  private final Run run;

  Gates(Run run) {
    this.run = run;
  }

  /** Peers are asked too, and are left out if they fail; what they do says nothing about us. */
  Invariant arms() {
    Rule rule =
        Rule.invalid(
            "I5",
            "Every arm accepts what is valid and refuses what its guarantees say it refuses:"
                + " tampered and expired always, ended at once or, where its ending admits a delay,"
                + " at that bound in spite of renewals");
    List<GateOutcome> asked =
        run.run().gate().stream().filter(one -> !PeerArm.isPeer(one.arm())).toList();
    List<String> failed =
        asked.stream()
            .filter(one -> !one.meetsExpectation())
            .map(
                one ->
                    "%s: %s, expected %s, seen %s"
                        .formatted(one.arm(), one.question(), one.expected(), one.seen()))
            .distinct()
            .toList();
    return asked.isEmpty()
        ? rule.notApplicable("no arm was built")
        : rule.judged(
            failed,
            Numbers.exact((long) asked.size())
                + " questions answered as expected"
                + admissions(asked));
  }

  /** The arms that passed by saying that they do not refuse at once. */
  private static String admissions(List<GateOutcome> asked) {
    List<String> arms =
        asked.stream().filter(one -> !one.does()).map(GateOutcome::arm).distinct().toList();
    return arms.isEmpty()
        ? ""
        : "; what was ended is accepted until its bound, as they admit, by "
            + String.join(", ", arms);
  }

  /** What is refused for another reason would be measured on another path. */
  Invariant refusals() {
    Rule rule =
        Rule.invalid(
            "I15",
            "Every bad credential of E4 was refused, each time and for the reason that its case"
                + " has");
    Optional<Timing> timing =
        run.experiment(Question.E4.name()).flatMap(one -> Optional.ofNullable(one.timing()));
    if (timing.filter(one -> !one.gate().isEmpty() || !one.failures().isEmpty()).isEmpty()) {
      return rule.notApplicable("no bad credential was shown");
    }
    List<String> amiss = new ArrayList<>(timing.get().failures());
    List<GateOutcome> gate = timing.get().gate();
    gate.stream()
        .filter(one -> !one.passed() || !one.seen().equals(one.expected()))
        .map(one -> "%s %s: %s".formatted(one.arm(), one.question(), one.seen()))
        .distinct()
        .forEach(amiss::add);
    timing.get().answers().stream()
        .filter(one -> one.errors() > 0)
        .map(Gates::notRefused)
        .forEach(amiss::add);
    if (!run.run().complete() && amiss.isEmpty()) {
      return rule.notApplicable("the run was interrupted; until then none was not");
    }
    return rule.judged(
        amiss, gate.stream().map(one -> one.arm() + one.question()).distinct().count() + " cases");
  }

  private static String notRefused(Answers answers) {
    return "%s %s: %s were not"
        .formatted(answers.arm(), answers.operation(), Numbers.exact(answers.errors()));
  }
}
