package dev.statewise.benchmarks.rig;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What collecting costs this JVM by what it allocates. */
public final class Collecting {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private OptionalLong nanos = CollectorCpu.nanos();
  private long allocated = allocated();

  /** From now on, and not from when this was made. */
  public void begin() {
    nanos = CollectorCpu.nanos();
    allocated = allocated();
  }

  /** Nanoseconds of CPU time a byte that was allocated since; empty if the system does not tell. */
  public OptionalDouble nanosPerByte() {
    OptionalLong now = CollectorCpu.nanos();
    long bytes = allocated() - allocated;
    return nanos.isEmpty() || now.isEmpty() || bytes <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) (now.getAsLong() - nanos.getAsLong()) / bytes);
  }

  /** By all threads that live. */
  private static long allocated() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
