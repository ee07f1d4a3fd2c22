package dev.statewise.benchmarks.rig;

import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;

/**
 * Times tasks side by side on one thread of one JVM.
 *
 * <p>After a warm-up, of each task alone and then of all in rounds, each round runs one short slice
 * of every task, in an order that is shuffled anew, and a canary before each. What the machine does
 * to one task it so does to all of them, and ratios within a round stay true where absolute times
 * do not.
 */
public final class Rig {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST_CANARY_OPERATIONS = 200;

  /** A canary of the most goes with a slice of this many for each. */
  private static final int MICROS_A_CANARY_OPERATION = 20;

  private static final int CALIBRATION = 64;

  /** One part in so many of the time that is left when all are warm. */
  private static final int SETTLING = 4;

  /** An operation is brief if a slice has so many of them. */
  private static final int BRIEF = 512;

  /** One part in so many of a slice's operations goes before it. */
  private static final int PRELUDE = 3;

  private final int fork;
  private final long seed;
  private final Plan plan;
  private final Map<String, DoubleSupplier> serverCpuMicros;
  private final int[] next;
  private final List<Task> tasks;
  private int sink;

  /**
   * @param fork this JVM's number
   * @param seed of the shuffles
   * @param tasks what is timed
   * @param serverCpuMicros what an arm's server has used so far, asked around each of its slices
   */
  public Rig(
      int fork,
      long seed,
      Plan plan,
      List<Task> tasks,
      Map<String, DoubleSupplier> serverCpuMicros) {
    this.fork = fork;
    this.seed = seed;
    this.plan = plan;
    this.tasks = List.copyOf(tasks);
    this.serverCpuMicros = Map.copyOf(serverCpuMicros);
    this.next = new int[tasks.size()];
  }

  /**
   * Warms up and measures until the time is over.
   *
   * @param time for both; measured is a little even if the warm-up takes all of it
   * @param slices told of each slice as it ends
   * @param warmed told how many tasks are warm
   */
  public void run(Duration time, Consumer<Slice> slices, IntConsumer warmed) {
    long deadline = System.nanoTime() + time.toNanos();
    Task canary = canary();
    int[] operations = new int[tasks.size()];
    for (int i = 0; i < operations.length; i++) {
      operations[i] = warmUp(i, shareOf(i, deadline));
      warmed.accept(i + 1);
    }
    sink += times(canary, MOST_CANARY_OPERATIONS * 10, 0);
    Random random = new Random(seed + fork);
    settle(deadline, operations, canary, random);
    long soonest = System.nanoTime() + Plan.SHORTEST_MEASUREMENT.toNanos();
    long end = deadline - soonest > 0 ? deadline : soonest;
    for (int round = 0; round < Plan.FEWEST_ROUNDS || System.nanoTime() - end < 0; round++) {
      round(round, operations, canary, random, slices);
    }
    if (sink == Integer.MIN_VALUE) {
      throw new AssertionError("unreachable: it only keeps the results alive");
    }
  }

  /** Warm one by one is not yet warm side by side: rounds that nobody is told of. */
  private void settle(long deadline, int[] operations, Task canary, Random random) {
    long began = System.nanoTime();
    long end = began + (deadline - began) / SETTLING;
    for (int round = 0; System.nanoTime() - end < 0; round++) {
      round(round, operations, canary, random, unheard -> {});
    }
  }

  private void round(
      int round, int[] operations, Task canary, Random random, Consumer<Slice> slices) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    for (int position = 0; position < order.size(); position++) {
      int task = order.get(position);
      slices.accept(slice(canary, round, position, canaryOperations(), 0));
      slices.accept(slice(tasks.get(task), round, position, operations[task], next[task]));
      next[task] += prelude(tasks.get(task), operations[task]) + operations[task];
    }
  }

  /** Fewer where slices are short, that most of the time is the tasks'. */
  private int canaryOperations() {
    long micros = TimeUnit.NANOSECONDS.toMicros(plan.slice().toNanos());
    return (int) Math.max(1, Math.min(MOST_CANARY_OPERATIONS, micros / MICROS_A_CANARY_OPERATION));
  }

  /**
   * When a task's warm-up ends at the latest: on a busy machine some time must be left to measure.
   */
  private long shareOf(int task, long deadline) {
    long now = System.nanoTime();
    long left = Math.max(0, deadline - now);
    return now + left * 3 / 4 / (tasks.size() - task);
  }

  /** Returns how many operations a slice takes. */
  private int warmUp(int task, long latestEnd) {
    long limit = plan.warmUpPerTask().toNanos();
    int most = tasks.get(task).most();
    long used = 0;
    int done = 0;
    int batch = 1;
    int sincePrepared = most;
    double latest = 1;
    do {
      if (sincePrepared > most - batch) {
        tasks.get(task).beforeSlice().run();
        sincePrepared = 0;
      }
      long before = THREADS.getCurrentThreadCpuTime();
      sink += times(tasks.get(task), batch, next[task]);
      long took = THREADS.getCurrentThreadCpuTime() - before;
      next[task] += batch;
      done += batch;
      sincePrepared += batch;
      used += took;
      latest = Math.max(1, (double) took / batch);
      // What takes long is not done often before anybody knows that it does.
      batch = Math.min(Math.min(CALIBRATION, most), batch * 2);
    } while (done < Plan.WARM_UP_ITERATIONS && used < limit && System.nanoTime() - latestEnd < 0);
    double fits = Math.min(Math.min(100_000, most), plan.slice().toNanos() / latest);
    return (int) Math.max(2, fits);
  }

  /**
   * How many operations go before a slice and are not timed. What is brief pays for the caches that
   * others have filled meanwhile: the more of them, the later its place in the round. What may be
   * done so often only after its preparation has nothing to give away.
   */
  private static int prelude(Task task, int operations) {
    return operations < BRIEF || task.most() < Integer.MAX_VALUE ? 0 : operations / PRELUDE;
  }

  private Slice slice(Task task, int round, int position, int operations, int from) {
    task.beforeSlice().run();
    int prelude = prelude(task, operations);
    sink += times(task, prelude, from);
    DoubleSupplier asked = serverCpuMicros.getOrDefault(task.arm(), () -> Double.NaN);
    double serverBefore = asked.getAsDouble();
    Map<Long, Long> threads = cpuOfThreads();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long wall = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    int errors = times(task, operations, from + prelude);
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    wall = System.nanoTime() - wall;
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    long process = since(threads);
    double server = asked.getAsDouble() - serverBefore;
    return new Slice(
        fork,
        round,
        position,
        task.arm(),
        task.operation(),
        operations,
        errors,
        cpu,
        process,
        wall,
        allocated,
        server);
  }

  private static Map<Long, Long> cpuOfThreads() {
    long[] ids = THREADS.getAllThreadIds();
    long[] nanos = THREADS.getThreadCpuTime(ids);
    Map<Long, Long> used = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      used.put(ids[i], nanos[i]);
    }
    return used;
  }

  /** A thread that has ended meanwhile takes what it used with it. */
  private static long since(Map<Long, Long> before) {
    return cpuOfThreads().entrySet().stream()
        .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
        .filter(used -> used > 0)
        .sum();
  }

  private int times(Task task, int operations, int from) {
    int errors = 0;
    int folded = 0;
    for (int i = 0; i < operations; i++) {
      int answer = once(task, from + i);
      folded += answer;
      if (answer < 0) {
        errors++;
      }
    }
    sink ^= folded;
    return errors;
  }

  /** What throws did not give the expected answer, and takes nobody else's time with it. */
  private static int once(Task task, int index) {
    try {
      return task.body().once(index);
    } catch (RuntimeException e) {
      return -1;
    }
  }

  private static Task canary() {
    byte[] input = new byte[1024];
    MessageDigest digest = sha256();
    return new Task(
        Task.CANARY,
        "sha256-1k",
        index -> {
          input[index & 1023] = (byte) index;
          return digest.digest(input)[0] & 0xff;
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
