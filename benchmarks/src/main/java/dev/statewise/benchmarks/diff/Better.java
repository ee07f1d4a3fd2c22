package dev.statewise.benchmarks.diff;

import java.util.Set;

/** Which way a number is better. */
enum Better {
  LOWER,
  HIGHER,
  UNKNOWN;

  private static final Set<String> COSTS =
      Set.of(
          "cpu",
          "serverCpu",
          "wall",
          "alloc",
          "processCpu",
          "commands",
          "roundTrips",
          "ratioToFloor",
          "ratioToSubset",
          "ratioToValid",
          "amplification",
          "drift",
          "forkSpread");
  private static final String BYTES = "bytes";

  /** Of a metric of a run, by its name: a cost is better lower, and of nothing else it is known. */
  static Better of(String metric) {
    return COSTS.contains(metric) || metric.startsWith(BYTES) ? LOWER : UNKNOWN;
  }

  /** What a change is called that is more than noise. */
  Outcome changed(boolean up) {
    return switch (this) {
      case LOWER -> up ? Outcome.REGRESSED : Outcome.IMPROVED;
      case HIGHER -> up ? Outcome.IMPROVED : Outcome.REGRESSED;
      case UNKNOWN -> Outcome.CHANGED;
    };
  }
}
