package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.statewise.benchmarks.run.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two runs of one thing say the same: every count is equal, of the CPU metrics nine in ten
 * have intervals that overlap, and none is apart by more than a quarter.
 *
 * <p>What tells how noisy a machine was is no such metric: E0, how far the JVMs of an arm were
 * apart, and how likely its place in a round had no effect. Nor is what is less than a byte or a
 * nanosecond in both.
 *
 * @param counts how many counts are in both files
 * @param countsEqual how many of them are equal
 * @param cpu how many CPU metrics are in both files
 * @param cpuOverlapping how many of them have intervals that overlap
 * @param largestDistance of the CPU metrics, as a share of the smaller value
 * @param largestOf which; empty if there is none
 */
public record Agreement(
    int counts,
    int countsEqual,
    int cpu,
    int cpuOverlapping,
    double largestDistance,
    String largestOf) {

  private static final double OVERLAPPING = 0.9;
  private static final double FARTHEST = 0.25;
  private static final String NOISE = "E0";
  private static final Set<String> OF_NOISE = Set.of("forkSpread", "orderEffect");

  static Agreement of(List<Difference> differences) {
    List<Difference> counted = differences.stream().filter(Agreement::isCount).toList();
    List<Difference> cpu = differences.stream().filter(Agreement::isCost).toList();
    Optional<Difference> farthest =
        cpu.stream().max(Comparator.comparingDouble(Difference::distance));
    return new Agreement(
        counted.size(),
        (int) counted.stream().filter(one -> one.outcome() == Outcome.NO_CHANGE).count(),
        cpu.size(),
        (int) cpu.stream().filter(Difference::overlaps).count(),
        farthest.map(Difference::distance).orElse(0.0),
        farthest.map(one -> one.of().text()).orElse(""));
  }

  private static boolean isCount(Difference difference) {
    return difference.evidence() == Evidence.COUNT;
  }

  private static boolean isCost(Difference difference) {
    return difference.evidence() == Evidence.CPU
        && !difference.of().experiment().equals(NOISE)
        && !OF_NOISE.contains(difference.of().metric())
        && !difference.isNextToNothing();
  }

  /** Whether they agree; two files that have nothing in common do not. */
  @JsonProperty("agree")
  public boolean holds() {
    return against().isEmpty();
  }

  /** What speaks against it, a sentence each; empty if they agree. */
  public List<String> against() {
    List<String> against = new ArrayList<>();
    if (counts + cpu == 0) {
      against.add("No count and no CPU metric is in both.");
    }
    if (countsEqual < counts) {
      against.add("%d counts differ.".formatted(counts - countsEqual));
    }
    if (cpuOverlapping < OVERLAPPING * cpu) {
      against.add(
          "Of the CPU metrics %s overlap, and 90 %% must.".formatted(percent(overlapping())));
    }
    if (largestDistance > FARTHEST) {
      against.add(
          "%s is apart by %s, and 25 %% is the most."
              .formatted(largestOf, percent(largestDistance)));
    }
    return against;
  }

  private double overlapping() {
    return cpu == 0 ? 1 : (double) cpuOverlapping / cpu;
  }

  /** In a line. */
  public String text() {
    String counted = "COUNT equal: %d of %d".formatted(countsEqual, counts);
    return cpu == 0
        ? counted + "; CPU: none in both"
        : "%s; CPU: %s of %d overlapping, largest distance %s (%s)"
            .formatted(counted, percent(overlapping()), cpu, percent(largestDistance), largestOf);
  }

  static String percent(double share) {
    return Double.isInfinite(share)
        ? "all of it"
        : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
