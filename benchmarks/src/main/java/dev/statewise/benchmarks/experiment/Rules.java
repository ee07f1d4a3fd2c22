package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.Experiment;
import java.util.List;

/** How an answer follows from the values of an experiment, and from nothing else. */
public interface Rules {

  /** The verdict and why; not testable if the values that decide are not there. */
  Finding verdict(Experiment experiment);

  /** Which parts of the hypothesis came true; empty if that is the verdict. */
  default String predictions(Experiment experiment) {
    return "";
  }

  /** What else the values say, a sentence each, to stand below the tables. */
  default List<String> asides(Experiment experiment) {
    return List.of();
  }
}
