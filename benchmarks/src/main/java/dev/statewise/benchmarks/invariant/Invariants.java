package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import dev.statewise.benchmarks.run.Run;
import java.util.List;

/**
 * All invariants, judged by what is in a run and by nothing else: whoever has the file judges as
 * the comparison did that wrote it.
 */
public final class Invariants {

  private Invariants() {}

  /** All of them, in the order of their numbers; what the run itself says of them is not read. */
  public static List<Invariant> judge(Run run) {
    return judge(run, Prose.ofReports());
  }

  /** The same with other templates of reports. */
  static List<Invariant> judge(Run run, Prose prose) {
    Times times = new Times(run);
    Load load = new Load(run);
    Gates gates = new Gates(run);
    Counts counts = new Counts(run);
    Conduct conduct = new Conduct(run);
    return List.of(
        times.supersets(),
        load.littlesLaw(),
        times.duplicate(),
        times.canary(),
        gates.arms(),
        counts.commands(),
        counts.sizes(),
        load.percentiles(),
        conduct.errors(),
        times.order(),
        conduct.payloads(),
        prose.invariant(),
        load.generator(),
        conduct.environment(),
        gates.refusals(),
        counts.states(),
        counts.promises());
  }

  /** What the invariants make of a run. */
  public static Run.Status status(List<Invariant> invariants) {
    if (invariants.stream().anyMatch(one -> one.stampsAs(Stamp.INVALID))) {
      return Run.Status.INVALID;
    }
    return invariants.stream().anyMatch(one -> one.stampsAs(Stamp.NOISY))
        ? Run.Status.NOISY
        : Run.Status.OK;
  }
}
