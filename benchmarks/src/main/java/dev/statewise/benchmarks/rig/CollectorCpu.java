package dev.statewise.benchmarks.rig;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    List<Path> collecting = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        if (isCollecting(thread)) {
          collecting.add(thread);
        }
      }
      long sum = 0;
      for (Path thread : collecting) {
        sum += onCpu(Files.readString(thread.resolve("schedstat")));
      }
      return collecting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A thread may end while it is looked at; those that collect do not. */
  private static boolean isCollecting(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm")).strip();
      return name.equals(OWN_THREAD) || name.startsWith(COLLECTING);
    } catch (IOException e) {
      return false;
    }
  }

  /** The first number: nanoseconds on a processor. */
  private static long onCpu(String schedstat) {
    return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
  }
}
