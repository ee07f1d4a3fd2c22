package dev.statewise.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a validation cost that is due for a touch or a renewal?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh TouchBenchmark -p touched=memory,redis</pre>
 */
public class TouchBenchmark extends TaskBenchmark {

  /** Whose. */
  @Param({"memory", "redis", "jwt-hs256", "hybrid"})
  public String touched = "";

  @Override
  ArmTask build() {
    return ArmTask.ofValidation(touched, "validate-touch");
  }

  /** One validation; between passes over the pool the clock moves on until all are due. */
  @Benchmark
  public int touch() {
    return once();
  }
}
