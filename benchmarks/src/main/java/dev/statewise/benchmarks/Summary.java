package dev.statewise.benchmarks;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Target;
import java.util.List;

/** What a person sees on the terminal when a run is over. */
final class Summary {

  private Summary() {}

  static String of(Run run) {
    StringBuilder text = new StringBuilder();
    for (Experiment experiment : run.experiments()) {
      text.append("%n%s %s%n".formatted(experiment.id(), experiment.claim()));
      text.append("   %s".formatted(experiment.verdict().words()));
      Question.of(experiment.id())
          .filter(question -> run.run().timesReadable() || !Catalogue.isTimed(question))
          .ifPresent(question -> text.append(": " + Catalogue.takeaway(question, experiment)));
      text.append('\n');
    }
    List<Target> measured =
        run.targets().stream()
            .filter(target -> target.outcome() != Target.Outcome.NOT_MEASURED)
            .toList();
    if (!measured.isEmpty()) {
      text.append("%nWhat Statewise holds itself to, by CPU time or count:%n".formatted());
    }
    for (Target target : measured) {
      text.append(
          "   %-12s %-4s %s: %s%n"
              .formatted(
                  target.outcome().words(),
                  target.id(),
                  target.text(),
                  Numbers.withInterval(target.measured())));
    }
    if (measured.size() < run.targets().size()) {
      text.append(
          "   %d more were not measured in this run; the report says why.%n"
              .formatted(run.targets().size() - measured.size()));
    }
    text.append(
        "%nStamp: %s%s, %.1f of %.1f planned minutes.%n"
            .formatted(
                run.run().stamp(),
                run.run().timesReadable() ? "" : " (tier smoke: times are not to be read)",
                run.run().minutes(),
                run.run().plannedMinutes()));
    for (Invariant invariant : run.invariants()) {
      if (invariant.outcome() == Invariant.Outcome.BROKEN) {
        text.append(
            "   %s broken: %s: %s%n"
                .formatted(invariant.id(), invariant.rule(), invariant.detail()));
      }
    }
    run.exceptions().forEach(exception -> text.append("   Note: " + exception + "\n"));
    return text.toString();
  }
}
