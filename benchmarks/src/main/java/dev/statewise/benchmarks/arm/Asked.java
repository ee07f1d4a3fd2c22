package dev.statewise.benchmarks.arm;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what an arm asks of its store where no wire shows it, or none that is read here: the
 * statements that a driver is given.
 */
public final class Asked {

  private final LongAdder count = new LongAdder();

  void once() {
    count.increment();
  }

  /** How often until now. */
  public long count() {
    return count.sum();
  }
}
