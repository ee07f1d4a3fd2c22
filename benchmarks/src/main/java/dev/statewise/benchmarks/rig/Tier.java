package dev.statewise.benchmarks.rig;

import java.util.Locale;

/** How much time a comparison may take. A tier changes how often is measured, never what. */
public enum Tier {
  /** One JVM; counts are exact, times are not to be read. */
  SMOKE(0.9, 1),
  /** The default. */
  QUICK(4.5, 2),
  STANDARD(22, 5),
  FULL(75, 10);

  private final double minutes;
  private final int forks;

  Tier(double minutes, int forks) {
    this.minutes = minutes;
    this.forks = forks;
  }

  /** The budget. */
  public double minutes() {
    return minutes;
  }

  /** In how many JVMs each group of arms is timed. */
  public int forks() {
    return forks;
  }

  /** Whether it is long enough for its times to mean anything. */
  public boolean timesReadable() {
    return this != SMOKE;
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
