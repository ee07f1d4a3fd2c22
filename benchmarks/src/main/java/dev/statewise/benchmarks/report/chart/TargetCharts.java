package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.report.chart.Chart.Mark;
import dev.statewise.benchmarks.report.chart.Chart.Rule;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Target;
import java.util.List;
import java.util.Optional;

/** How far each target is from its bound, all on one axis. */
public final class TargetCharts {

  private static final String ID = "targets.distance";

  private TargetCharts() {}

  /** The chart; none if nothing was measured that may be read. */
  public static List<Chart> of(Run run) {
    Marks marks = new Marks(run, ID);
    for (Target target : run.targets()) {
      marks
          .mark("", target.measured(), target.id(), "measured by its bound")
          .flatMap(mark -> relative(target, mark))
          .ifPresent(
              mark -> {
                marks.add(mark);
                ambition(target, mark).ifPresent(marks::add);
              });
    }
    return marks.isEmpty() ? List.of() : List.of(chart(run, marks));
  }

  private static Chart chart(Run run, Marks marks) {
    long missed =
        run.targets().stream().filter(one -> one.outcome() == Target.Outcome.MISSED).count();
    return new Chart(
        ID,
        Kind.DOTS,
        "How far from its bound each target is",
        "%s of %s missed: right of the line."
            .formatted(
                Numbers.exact(missed),
                Numbers.exact((long) run.targets().size() - unmeasured(run))),
        "target",
        Axis.log("measured, by the bound that it may reach; left of 1 is met", "ratio"),
        Axis.names("", List.of()),
        marks.all(),
        List.of(Rule.line("bound", 1)));
  }

  private static long unmeasured(Run run) {
    return run.targets().stream()
        .filter(one -> one.outcome() == Target.Outcome.NOT_MEASURED)
        .count();
  }

  /** Below 1 what is met, whichever way the target looks; a bound of 0 has no distance. */
  private static Optional<Mark> relative(Target target, Mark mark) {
    Metric measured = target.measured();
    if (target.bound() == 0 || measured.value() == null || measured.value() == 0) {
      return Optional.empty();
    }
    double value = distance(target, measured.value());
    double lo = distance(target, Optional.ofNullable(measured.lo()).orElse(measured.value()));
    double hi = distance(target, Optional.ofNullable(measured.hi()).orElse(measured.value()));
    return Optional.of(
        new Mark(
            mark.id(),
            target.outcome() == Target.Outcome.MET ? "met" : "missed",
            target.id() + "  " + brief(target.text()),
            mark.column(),
            "",
            null,
            value,
            Math.min(lo, hi),
            Math.max(lo, hi),
            mark.text(),
            mark.range(),
            target.outcome().words(),
            mark.evidence(),
            null));
  }

  /** Where it would be better still, on the same axis. */
  private static Optional<Mark> ambition(Target target, Mark mark) {
    return Optional.ofNullable(target.ambition())
        .filter(better -> better > 0)
        .map(
            better ->
                new Mark(
                    mark.id() + "-ambition",
                    mark.arm(),
                    mark.row(),
                    "ambition",
                    "",
                    null,
                    distance(target, better),
                    null,
                    null,
                    (target.atMost() ? "≤ " : "≥ ") + Numbers.exact(better),
                    "",
                    "",
                    "SET",
                    null));
  }

  private static String brief(String text) {
    return text.replaceAll(":.*", "");
  }

  private static double distance(Target target, double value) {
    return target.atMost() ? value / target.bound() : target.bound() / value;
  }
}
