package dev.statewise.benchmarks.rig;

import java.time.Duration;

/**
 * How a tier's budget of minutes is divided among JVMs.
 *
 * <p>A JVM must build its arms and warm them up before it can measure, and how long that takes
 * depends on the machine and on what else runs there. So what is left is divided anew before each
 * JVM: a slow start shortens the measurement, and lowers the number of rounds, never that of arms.
 *
 * @param forks how many JVMs of each group, one after the other
 * @param credentials how many different ones an arm validates; a power of two
 * @param warmUpPerTask the most CPU time that one task is warmed up with
 * @param slice how much CPU time one slice aims at
 * @param total the budget
 */
public record Plan(
    int forks, int credentials, Duration warmUpPerTask, Duration slice, Duration total) {

  /** Warm-up ends after so many iterations even if its time is not used up. */
  public static final int WARM_UP_ITERATIONS = 30_000;

  /** Fewer rounds than this say nothing, whatever the budget. */
  public static final int FEWEST_ROUNDS = 5;

  /** A JVM measures at least this long, however late it is warm. */
  public static final Duration SHORTEST_MEASUREMENT = Duration.ofSeconds(2);

  private static final Plan SMOKE =
      new Plan(1, 8, Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofSeconds(25));

  /** The whole budget of a tier, of which validation takes what the others leave. */
  public static Plan of(Tier tier) {
    if (tier == Tier.SMOKE) {
      return SMOKE;
    }
    return new Plan(
        tier.forks(),
        // To open a thousand for each arm takes most of a short JVM's time.
        tier == Tier.QUICK ? 256 : 1_024,
        // The arms of one algorithm share their code, and so what each has warmed up.
        tier == Tier.QUICK ? Duration.ofSeconds(1) : Duration.ofSeconds(2),
        Duration.ofMillis(4),
        Duration.ofMillis((long) (tier.minutes() * 60_000)));
  }

  /** The budget of the refusals, which have JVMs of their own and are many and short. */
  public static Plan ofRefusals(Tier tier) {
    return switch (tier) {
      case SMOKE -> small(1, 8, 5, 1, 4);
      case QUICK -> small(1, 256, 50, 2, 15);
      case STANDARD -> small(3, 1_024, 500, 4, 120);
      case FULL -> small(3, 1_024, 1_000, 4, 300);
    };
  }

  /** The budget of the signatures on one JDK. */
  public static Plan ofSignatures(Tier tier) {
    return switch (tier) {
      case SMOKE -> small(1, 8, 5, 1, 4);
      case QUICK -> small(1, 8, 50, 2, 20);
      case STANDARD -> small(2, 8, 200, 4, 100);
      case FULL -> small(1, 8, 1_000, 4, 240);
    };
  }

  /** The budget of state by its size, which has JVMs of its own. */
  public static Plan ofStates(Tier tier) {
    return switch (tier) {
      case SMOKE -> small(1, 8, 5, 1, 6);
      case QUICK -> small(1, 256, 100, 4, 22);
      case STANDARD -> small(3, 256, 300, 8, 160);
      case FULL -> small(3, 1_024, 500, 8, 400);
    };
  }

  /** A plan of an experiment with JVMs of its own. */
  public static Plan small(int forks, int pool, int warmUpMs, int sliceMs, int seconds) {
    return new Plan(
        forks,
        pool,
        Duration.ofMillis(warmUpMs),
        Duration.ofMillis(sliceMs),
        Duration.ofSeconds(seconds));
  }

  /**
   * For how long a JVM may run, from its start to its end.
   *
   * @param weight its share, against the other JVMs'
   * @param weights those of all that are still to run, its own among them
   * @param spent what has been spent of the budget so far
   */
  public Duration budgetOf(int weight, int weights, Duration spent) {
    Duration left = total.minus(spent);
    return left.isNegative() ? Duration.ZERO : left.multipliedBy(weight).dividedBy(weights);
  }

  /** The budget in minutes. */
  public double minutes() {
    return total.toMillis() / 60_000.0;
  }

  /** The same with another budget. */
  public Plan within(Duration budget) {
    return new Plan(forks, credentials, warmUpPerTask, slice, budget);
  }
}
