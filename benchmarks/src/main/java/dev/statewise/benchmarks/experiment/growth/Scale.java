package dev.statewise.benchmarks.experiment.growth;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.Supplier;

/**
 * Weighs loads on this JVM's heap: by how much more of it is in use with them than without, both
 * after a full collection, in a JVM in which nothing else happens.
 */
final class Scale {

  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final int MOST_COLLECTIONS = 6;

  private Scale() {}

  /** In bytes, of one of {@code count}. */
  static double weigh(Supplier<Load> loads, int count) {
    try (Load load = loads.get()) {
      load.warmUp();
      long before = used();
      int held = load.hold(count);
      return (double) (used() - before) / held;
    }
  }

  /** What is in use once collecting frees no more: what was finalised goes only the next time. */
  private static long used() {
    long latest = collected();
    for (int i = 1; i < MOST_COLLECTIONS; i++) {
      long before = latest;
      latest = collected();
      if (latest >= before) {
        return latest;
      }
    }
    return latest;
  }

  private static long collected() {
    System.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
