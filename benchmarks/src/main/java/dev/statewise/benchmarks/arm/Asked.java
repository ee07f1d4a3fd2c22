package dev.statewise.benchmarks.arm;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what an arm asks of its store where no wire shows it, or none that is read here: the
 * statements that a driver is given.
 */
public final class Asked {

  private final LongAdder count = new LongAdder();
  private final LongAdder writes = new LongAdder();

  /**
   * Counts one more.
   *
   * @param writes whether it changes what is stored
   */
  void once(boolean writes) {
    count.increment();
    if (writes) {
      this.writes.increment();
    }
  }

  /** How often until now. */
  public long count() {
    return count.sum();
  }

  /** How many of them change what is stored. */
  public long writes() {
    return writes.sum();
  }
}
