package dev.statewise.benchmarks.rig;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What collecting costs this JVM by what it allocates. */
public final class Collecting {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private OptionalLong nanos = CollectorCpu.nanos();
  private Map<Long, Long> allocated = allocated();

  /** From now on, and not from when this was made. */
  public void begin() {
    nanos = CollectorCpu.nanos();
    allocated = allocated();
  }

  /** Nanoseconds of CPU time a byte that was allocated since; empty if the system does not tell. */
  public OptionalDouble nanosPerByte() {
    OptionalLong now = CollectorCpu.nanos();
    long bytes = allocatedSince();
    return nanos.isEmpty() || now.isEmpty() || bytes <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) (now.getAsLong() - nanos.getAsLong()) / bytes);
  }

  /** By the threads that live: of one that ended meanwhile nobody can tell. */
  private long allocatedSince() {
    return allocated().entrySet().stream()
        .mapToLong(thread -> thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L))
        .sum();
  }

  /** In bytes, by thread. */
  private static Map<Long, Long> allocated() {
    long[] threads = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(threads);
    Map<Long, Long> allocated = new HashMap<>();
    for (int i = 0; i < threads.length; i++) {
      if (bytes[i] > 0) {
        allocated.put(threads[i], bytes[i]);
      }
    }
    return allocated;
  }
}
