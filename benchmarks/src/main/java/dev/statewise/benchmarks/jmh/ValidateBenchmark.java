package dev.statewise.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What does one validation of a live credential cost?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh ValidateBenchmark -p arm=memory,jwt-hs256
 * </pre>
 */
public class ValidateBenchmark extends TaskBenchmark {

  /** Whose. */
  @Param({"memory", "redis", "jwt-hs256", "jwt-es256", "hybrid"})
  public String arm = "";

  @Override
  ArmTask build() {
    return ArmTask.ofValidation(arm, "validate");
  }

  /** One validation, of one credential after another. */
  @Benchmark
  public int validate() {
    return once();
  }
}
