package dev.statewise.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to issue a token?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh IssueBenchmark -p issuer=jwt-hs256,peer-jjwt
 * </pre>
 */
public class IssueBenchmark extends TaskBenchmark {

  /** Who issues. */
  @Param({"jwt-hs256"})
  public String issuer = "";

  @Override
  ArmTask build() {
    return ArmTask.ofValidation(issuer, "issue");
  }

  /** One token, of one session after another. */
  @Benchmark
  public int issue() {
    return once();
  }
}
