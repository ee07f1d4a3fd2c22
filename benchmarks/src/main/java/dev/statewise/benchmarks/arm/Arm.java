package dev.statewise.benchmarks.arm;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * A strategy that is compared: a name and how its front door is constructed.
 *
 * @param name stable; what experiments, reports and the command line call it
 * @param needsRedis whether it cannot be built without a server
 * @param floor the bare work at its heart, which it can never be cheaper than
 * @param supersetOf the arm whose work it does, and more
 * @param build constructs it
 */
public record Arm(
    String name,
    boolean needsRedis,
    Optional<String> floor,
    Optional<String> supersetOf,
    Function<Wiring, BuiltArm> build) {
  public Arm {
    requireNonNull(name, "name");
    requireNonNull(build, "build");
  }

  static Arm inProcess(String name, String floor, Function<Wiring, BuiltArm> build) {
    return new Arm(name, false, Optional.of(floor), Optional.empty(), build);
  }

  /** Whether it can be built with what there is. */
  public boolean canRun(boolean redisThere) {
    return redisThere || !needsRedis;
  }
}
