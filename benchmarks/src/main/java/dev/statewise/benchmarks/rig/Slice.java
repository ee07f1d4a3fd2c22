package dev.statewise.benchmarks.rig;

/**
 * What one short stretch of one task cost.
 *
 * @param fork which JVM
 * @param round which round of that JVM
 * @param position which place in the round's order, from 0
 * @param operations how many were done
 * @param errors how many did not give the expected answer
 * @param cpuNanos CPU time of the thread
 * @param processCpuNanos CPU time of all Java threads of the process meanwhile: what a client does
 *     on threads of its own is in it, and what compiler and collector do is not
 * @param wallNanos elapsed time
 * @param allocatedBytes what the thread allocated
 * @param serverCpuMicros CPU time of the server meanwhile; NaN if none was asked
 */
public record Slice(
    int fork,
    int round,
    int position,
    String arm,
    String operation,
    int operations,
    int errors,
    long cpuNanos,
    long processCpuNanos,
    long wallNanos,
    long allocatedBytes,
    double serverCpuMicros) {

  private static final String SEPARATOR = ",";

  /** The names of the parts, as {@link #line} writes them. */
  public static final String HEADER =
      "fork,round,position,arm,operation,operations,errors,cpuNanos,processCpuNanos,wallNanos,allocatedBytes,serverCpuMicros";

  public double cpu() {
    return (double) cpuNanos / operations;
  }

  /** Of all threads, in nanoseconds an operation; never less than {@link #cpu}. */
  public double processCpu() {
    return (double) Math.max(processCpuNanos, cpuNanos) / operations;
  }

  public double wall() {
    return (double) wallNanos / operations;
  }

  public double alloc() {
    return (double) allocatedBytes / operations;
  }

  /** In nanoseconds an operation; NaN if it was not asked. */
  public double serverCpu() {
    return serverCpuMicros * 1_000 / operations;
  }

  /** As one line of text; {@link #parse} reads it back. */
  public String line() {
    return String.join(
        SEPARATOR,
        String.valueOf(fork),
        String.valueOf(round),
        String.valueOf(position),
        arm,
        operation,
        String.valueOf(operations),
        String.valueOf(errors),
        String.valueOf(cpuNanos),
        String.valueOf(processCpuNanos),
        String.valueOf(wallNanos),
        String.valueOf(allocatedBytes),
        String.valueOf(serverCpuMicros));
  }

  /** The slice in a line. */
  public static Slice parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    return new Slice(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        parts[3],
        parts[4],
        Integer.parseInt(parts[5]),
        Integer.parseInt(parts[6]),
        Long.parseLong(parts[7]),
        Long.parseLong(parts[8]),
        Long.parseLong(parts[9]),
        Long.parseLong(parts[10]),
        Double.parseDouble(parts[11]));
  }
}
