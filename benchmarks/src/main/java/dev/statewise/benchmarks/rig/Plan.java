package dev.statewise.benchmarks.rig;

import java.time.Duration;

/**
 * How a tier's budget of minutes is divided among JVMs, warm-up and slices.
 *
 * @param forks how many JVMs, one after the other
 * @param credentials how many different ones an arm validates; a power of two
 * @param warmUpPerTask the most CPU time that one task is warmed up with
 * @param measurePerFork for how long a JVM measures once it is warm
 * @param slice how much CPU time one slice aims at
 * @param total what all of it is expected to take
 */
public record Plan(
    int forks,
    int credentials,
    Duration warmUpPerTask,
    Duration measurePerFork,
    Duration slice,
    Duration total) {

  /** Warm-up ends after so many iterations even if its time is not used up. */
  public static final int WARM_UP_ITERATIONS = 30_000;

  /** Fewer rounds than this say nothing, whatever the budget. */
  public static final int FEWEST_ROUNDS = 5;

  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(2);
  private static final Duration WARM_UP_OF_A_SMOKE = Duration.ofMillis(100);
  private static final Duration COUNTED_EXPERIMENTS = Duration.ofSeconds(10);
  // Signing a pool of tokens with each algorithm takes most of it.
  private static final Duration START_OF_A_FORK = Duration.ofSeconds(14);
  private static final Duration START_OF_A_SMOKE = Duration.ofSeconds(8);
  private static final int CREDENTIALS = 1_024;
  private static final int CREDENTIALS_OF_A_SMOKE = 64;
  private static final Duration SHORTEST_MEASUREMENT = Duration.ofSeconds(2);

  /**
   * Divides a tier's budget.
   *
   * @param tasks how many arms times operations are timed; 0 if nothing is
   */
  public static Plan of(Tier tier, int tasks) {
    if (tasks == 0) {
      return new Plan(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, COUNTED_EXPERIMENTS);
    }
    boolean smoke = tier == Tier.SMOKE;
    Duration warmUp = smoke ? WARM_UP_OF_A_SMOKE : LONGEST_WARM_UP;
    Duration slice = Duration.ofMillis(smoke ? 1 : 4);
    int credentials = smoke ? CREDENTIALS_OF_A_SMOKE : CREDENTIALS;
    Duration start = smoke ? START_OF_A_SMOKE : START_OF_A_FORK;
    Duration overhead = start.plus(likelyWarmUp(warmUp, tasks));
    Duration budget = Duration.ofMillis((long) (tier.minutes() * 60_000));
    Duration each = budget.minus(COUNTED_EXPERIMENTS).dividedBy(tier.forks()).minus(overhead);
    boolean shortest = smoke || each.compareTo(SHORTEST_MEASUREMENT) < 0;
    Duration measure = shortest ? SHORTEST_MEASUREMENT : each;
    Duration total = overhead.plus(measure).multipliedBy(tier.forks()).plus(COUNTED_EXPERIMENTS);
    return new Plan(tier.forks(), credentials, warmUp, measure, slice, total);
  }

  /** What one JVM is expected to take. */
  public Duration perFork() {
    return forks == 0 ? Duration.ZERO : total.minus(COUNTED_EXPERIMENTS).dividedBy(forks);
  }

  /** The expected total in minutes. */
  public double minutes() {
    return total.toMillis() / 60_000.0;
  }

  // A third of the tasks are signatures slow enough to use their time up; the rest reach the count.
  private static Duration likelyWarmUp(Duration warmUp, int tasks) {
    return warmUp.multipliedBy(tasks).multipliedBy(2).dividedBy(5);
  }
}
