package dev.statewise.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to refuse a bad credential?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar jmh RefuseBenchmark -p refusal=memory/malformed,jwt-hs256/bad-signature
 * </pre>
 */
public class RefuseBenchmark extends TaskBenchmark {

  /** An arm and what it is shown. */
  @Param({
    "memory/malformed",
    "redis/random-id",
    "jwt-hs256/bad-signature",
    "jwt-es256/bad-signature"
  })
  public String refusal = "";

  @Override
  ArmTask build() {
    return ArmTask.ofRefusal(refusal);
  }

  /** One refusal, of one bad credential after another. */
  @Benchmark
  public int refuse() {
    return once();
  }
}
