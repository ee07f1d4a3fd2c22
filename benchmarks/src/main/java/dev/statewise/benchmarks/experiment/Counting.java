package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Counts what passes on a socket while an operation is performed, once and again. */
final class Counting {

  /** How often each operation is performed. */
  static final int SAMPLES = 8;

  private Counting() {}

  /**
   * What each of {@link #SAMPLES} operations let pass.
   *
   * @param perform told which of them it is, from 0
   */
  static List<Traffic> samples(Supplier<Traffic> traffic, IntConsumer perform) {
    List<Traffic> samples = new ArrayList<>();
    Traffic latest = traffic.get();
    for (int at = 0; at < SAMPLES; at++) {
      perform.accept(at);
      Traffic now = traffic.get();
      samples.add(now.minus(latest));
      latest = now;
    }
    return samples;
  }

  /**
   * What passed, and what it is held against.
   *
   * @param beside what was declared, or counted on the server
   */
  static ArmResult result(
      String arm, Operation operation, List<Traffic> samples, List<Metric> beside) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric("commands", "commands", samples, Traffic::commands));
    metrics.add(metric("roundTrips", "round trips", samples, Traffic::roundTrips));
    metrics.add(metric("bytes", "B", samples, one -> one.bytesToServer() + one.bytesFromServer()));
    metrics.addAll(beside);
    return new ArmResult(arm, Map.of("operation", operation.toString()), metrics);
  }

  /** What may pass: at least the one, at most the other. */
  static Metric declared(String name, String unit, long least, long most) {
    return new Metric(
        name, unit, Evidence.COUNT, (double) least, (double) least, (double) most, SAMPLES, null);
  }

  /** How often a server says it was asked, an operation. */
  static Metric onServer(String name, long calls) {
    double each = (double) calls / SAMPLES;
    return new Metric(name, "calls", Evidence.COUNT, each, each, each, SAMPLES, null);
  }

  static ArmResult absent(String arm, Operation operation, String reason) {
    return new ArmResult(
        arm,
        Map.of("operation", operation.toString()),
        List.of(
            Metric.absent("commands", "commands", Evidence.COUNT, reason),
            Metric.absent("roundTrips", "round trips", Evidence.COUNT, reason),
            Metric.absent("bytes", "B", Evidence.COUNT, reason)));
  }

  static Metric metric(
      String name, String unit, List<Traffic> samples, ToLongFunction<Traffic> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    double middle = sorted[sorted.length / 2];
    return new Metric(
        name,
        unit,
        Evidence.COUNT,
        middle,
        (double) sorted[0],
        (double) sorted[sorted.length - 1],
        sorted.length,
        null);
  }
}
