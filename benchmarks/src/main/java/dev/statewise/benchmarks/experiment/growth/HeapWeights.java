package dev.statewise.benchmarks.experiment.growth;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Has loads weighed on the heap of a JVM of their own. */
final class HeapWeights {

  /**
   * A serial collector leaves garbage where it lies if that is little, but for each fourth time,
   * unless it is told to leave none. Nothing is timed, so what is compiled need not be fast.
   */
  private static final List<String> FLAGS =
      List.of(
          "-Xms768m",
          "-Xmx768m",
          "-XX:+UseSerialGC",
          "-XX:MarkSweepAlwaysCompactCount=1",
          "-XX:TieredStopAtLevel=1");

  /**
   * Every object takes a multiple of so many bytes. What is between is what else lay there, another
   * time another: a byte a session or so.
   */
  private static final int OBJECTS_ALIGNED = 8;

  private HeapWeights() {}

  /**
   * Weighs all that can be.
   *
   * @param redis where sessions and refusals are that are followed from here, if there is one
   */
  static Weights of(
      List<Weighed> all, WeighingPlan plan, Optional<URI> redis, BooleanSupplier cancelled) {
    Weights weights = new Weights();
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(plan.onHeapTimes()));
    arguments.add(String.valueOf(plan.onHeap()));
    arguments.add(String.valueOf(plan.inRedis()));
    for (Weighed weighed : all) {
      if (needsRedis(weighed) && redis.isEmpty()) {
        weights.failed(weighed, "no Redis that could be started for it alone");
      } else {
        arguments.add(weighed.toString());
      }
    }
    Map<String, String> environment =
        redis.map(uri -> Map.of(HeapScale.REDIS, uri.toString())).orElse(Map.of());
    String failure;
    try {
      failure =
          ChildJvm.run(
              HeapScale.class,
              FLAGS,
              arguments,
              environment,
              cancelled,
              line -> understand(line, weights));
    } catch (IOException e) {
      failure = "the JVM could not be started: " + e.getMessage();
    }
    if (!failure.isEmpty()) {
      String why = "its JVM ended before its time: " + failure;
      all.forEach(weighed -> weights.failed(weighed, why));
    }
    return weights;
  }

  private static boolean needsRedis(Weighed weighed) {
    return weighed.kept() == Kept.COPY || weighed.kept() == Kept.REFUSAL;
  }

  /** What is no weight is what a library says. */
  private static void understand(String line, Weights weights) {
    String[] parts = line.split("\t", -1);
    if (parts.length < 2) {
      return;
    }
    Weighed weighed = Weighed.parse(parts[0]);
    double bytes = Double.parseDouble(parts[1]);
    if (Double.isNaN(bytes)) {
      weights.failed(weighed, "could not be weighed: " + parts[parts.length - 1]);
    } else {
      weights.add(
          weighed,
          weighed.kept() == Kept.KNOWN
              ? bytes
              : Math.rint(bytes / OBJECTS_ALIGNED) * OBJECTS_ALIGNED);
    }
  }
}
