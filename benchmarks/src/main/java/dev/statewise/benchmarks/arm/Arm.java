package dev.statewise.benchmarks.arm;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * A strategy that is compared: a name and how its front door is constructed.
 *
 * @param name stable; what experiments, reports and the command line call it
 * @param needs the server that it cannot be built without, if there is one
 * @param floor the bare work at its heart, which it can never be cheaper than
 * @param supersetOf the arm whose work it does, and more
 * @param variantOf the arm whose credentials it is shown in another manner, if it is no strategy of
 *     its own; it is timed beside that one and counted nowhere
 * @param manner how it is shown its credentials, and what is read of its answers
 * @param build constructs it
 */
public record Arm(
    String name,
    Optional<Server> needs,
    Optional<String> floor,
    Optional<String> supersetOf,
    Optional<String> variantOf,
    Manner manner,
    Function<Wiring, BuiltArm> build) {
  public Arm {
    requireNonNull(name, "name");
    requireNonNull(build, "build");
  }

  /** A strategy of its own, of which the state is asked for. */
  public Arm(
      String name,
      Optional<Server> needs,
      Optional<String> floor,
      Optional<String> supersetOf,
      Function<Wiring, BuiltArm> build) {
    this(name, needs, floor, supersetOf, Optional.empty(), Manner.STATE, build);
  }

  /** A strategy of tokens, which are read whole. */
  static Arm ofTokens(
      String name,
      Optional<Server> needs,
      Optional<String> floor,
      Optional<String> supersetOf,
      Function<Wiring, BuiltArm> build) {
    return new Arm(name, needs, floor, supersetOf, Optional.empty(), Manner.WHOLE, build);
  }

  /** Whether it can be built with what there is. */
  public boolean canRun(Servers servers) {
    return needs.map(servers::have).orElse(true);
  }

  /** Whether it asks a server of that kind. */
  public boolean asks(Server server) {
    return needs.equals(Optional.of(server));
  }

  /** Whether it is another arm once more, in another manner. */
  public boolean isVariant() {
    return variantOf.isPresent();
  }
}
