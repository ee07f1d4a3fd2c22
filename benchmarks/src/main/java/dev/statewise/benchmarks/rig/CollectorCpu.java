package dev.statewise.benchmarks.rig;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The CPU time of the threads on which this JVM collects garbage, which no thread of a program is
 * charged. The serial collector works on the JVM's own thread, and so do the few other things that
 * all threads stop for; they are in it.
 */
public final class CollectorCpu {

  private static final Path THREADS = Path.of("/proc/self/task");
  private static final String OWN_THREAD = "VM Thread";
  private static final String COLLECTING = "GC Thread";

  private CollectorCpu() {}

  /** In nanoseconds since the JVM began; empty where the system does not tell, as all but Linux. */
  public static OptionalLong nanos() {
    long sum = 0;
    boolean found = false;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        String name = Files.readString(thread.resolve("comm")).strip();
        if (name.equals(OWN_THREAD) || name.startsWith(COLLECTING)) {
          sum += onCpu(Files.readString(thread.resolve("schedstat")));
          found = true;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  /** The first number: nanoseconds on a processor. */
  private static long onCpu(String schedstat) {
    return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
  }
}
