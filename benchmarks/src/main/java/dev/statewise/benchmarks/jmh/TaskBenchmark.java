package dev.statewise.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One task of the paired rig, as JMH times it: of one thread, in a heap of fixed size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
public abstract class TaskBenchmark {

  private @Nullable ArmTask task;

  /** Builds what the parameter names. */
  abstract ArmTask build();

  /** Builds it and opens its sessions, in the fork that times it. */
  @Setup
  public void open() {
    task = build();
  }

  /** Brings about what an iteration is to find. */
  @Setup(Level.Iteration)
  public void prepare() {
    task().prepare();
  }

  /** Ends what was opened, and the server with it. */
  @TearDown
  public void close() {
    task().close();
  }

  final int once() {
    return task().once();
  }

  private ArmTask task() {
    ArmTask built = task;
    if (built == null) {
      throw new IllegalStateException("JMH has not built it.");
    }
    return built;
  }
}
