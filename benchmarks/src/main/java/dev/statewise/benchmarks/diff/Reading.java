package dev.statewise.benchmarks.diff;

import dev.statewise.benchmarks.run.Evidence;
import java.util.List;

/**
 * One number of one file.
 *
 * @param lo the lower end of its interval; the value itself if it has none
 * @param groups its samples, a group a JVM; empty if the file does not have them
 * @param jvms how many JVMs it comes from, as far as the file tells
 */
record Reading(
    String unit,
    Evidence evidence,
    Better better,
    double value,
    double lo,
    double hi,
    List<double[]> groups,
    int jvms) {
  Reading {
    groups = List.copyOf(groups);
  }

  /** Whether it was measured and would be another number if it were measured again. */
  boolean isMeasured() {
    return evidence == Evidence.CPU || evidence == Evidence.PAIRED || evidence == Evidence.WALL;
  }
}
